// The page works without this: it saves the reloads and keeps what is being typed. Markup always comes from the server.
import { follow } from './live.js';
import { wire } from './pane.js';

for (const pane of document.querySelectorAll('.pane')) {
  wire(pane);
}

if (document.querySelector('.pane')) {
  follow();
}
