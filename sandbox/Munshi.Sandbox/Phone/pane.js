// One phone: writing, replying, attaching, choosing from a list.
import { show, tell, toEnd } from './live.js';

const sending = document.getElementById('sending');

/** The message as it will look, with a clock, until the server has it. */
function pend(pane, text) {
  const line = sending.content.firstElementChild.cloneNode(true);
  line.querySelector('p').textContent = text;
  pane.querySelector('.thread').append(line);
  toEnd(pane);
  return line;
}

function quote(write, id, text) {
  write.elements.replyTo.value = id;
  write.elements.edit.value = '';
  write.querySelector('.quoted').textContent = text;
  write.querySelector('.quoting').hidden = id === '';
}

function clear(write) {
  write.elements.text.value = '';
  write.elements.file.value = '';
  write.querySelector('.attach').open = false;
  quote(write, '', '');
}

function closeAll(pane) {
  const open = pane.querySelectorAll('.sheet[open], .plus[open], .act[open]');
  for (const details of open) {
    const within = details.contains(document.activeElement);
    details.open = false;
    if (within) {
      details.querySelector('summary').focus();
    }
  }
  return open.length > 0;
}

async function send(event) {
  const form = event.target;
  if ('whole' in form.dataset) { // leads to other phones, or changes what the menu says
    return;
  }
  event.preventDefault();
  const pane = form.closest('.pane');
  const body = new FormData(form, event.submitter);
  const writes = form.classList.contains('write');
  const text = writes ? form.elements.text.value : '';
  const file = writes ? form.elements.file.files[0] : undefined;
  if (writes && text.trim() === '' && !file) {
    return;
  }
  const line = writes ? pend(pane, text || file.name) : null;
  if (writes) {
    clear(form);
    forget(pane);
    form.elements.text.focus();
  } else {
    closeAll(pane);
  }
  try {
    const response = await fetch(form.action, { method: 'POST', body });
    const html = await response.text();
    line?.remove();
    show(html);
    if (response.ok) {
      toEnd(pane);
    } else if (writes && form.elements.text.value === '') {
      form.elements.text.value = text;
    }
  } catch {
    line?.remove();
    if (writes && form.elements.text.value === '') {
      form.elements.text.value = text;
    }
    tell('The sandbox does not answer. Nothing was sent.');
  }
}

const draft = (pane) => `draft-${pane.dataset.phone}`;

function forget(pane) {
  sessionStorage.removeItem(draft(pane));
}

function click(event) {
  const pane = event.currentTarget;
  const write = pane.querySelector('.write');
  const reply = event.target.closest('.reply[data-reply]');
  if (reply) {
    event.preventDefault();
    quote(write, reply.dataset.reply, [...reply.closest('.line').querySelectorAll('.bubble > p[dir], .sent-file, .detail strong')].map((part) => part.textContent).join(' '));
    closeAll(pane);
    write.elements.text.focus();
  } else if (event.target.closest('.quoting a')) {
    event.preventDefault();
    quote(write, '', '');
    write.elements.text.focus();
  } else if (event.target.closest('.shut')) {
    event.preventDefault();
    closeAll(pane);
  } else if (event.target.closest('.attach summary')) {
    event.preventDefault();
    const attach = write.querySelector('.attach');
    attach.open = !attach.open;
    if (attach.open) {
      write.elements.file.click();
    } else {
      write.elements.file.value = '';
    }
  } else if (!event.target.closest('.sheet, .plus, .act')) {
    closeAll(pane);
  }
}

function keys(event) {
  if (event.key === 'Escape' && closeAll(event.currentTarget)) {
    event.preventDefault();
  } else if (event.key === 'Escape' && event.target.form?.classList.contains('write')) {
    quote(event.target.form, '', '');
  } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target.name === 'text') {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
}

export function wire(pane) {
  const text = pane.querySelector('.write').elements.text;
  text.value ||= sessionStorage.getItem(draft(pane)) ?? '';
  text.addEventListener('input', () => sessionStorage.setItem(draft(pane), text.value));
  pane.addEventListener('submit', send);
  pane.addEventListener('click', click);
  pane.addEventListener('keydown', keys);
  pane.addEventListener('toggle', (event) => {
    if (event.target.open && event.target.matches('.sheet, .plus')) {
      event.target.querySelector('input[type=radio], .plus > .card .quick button')?.focus();
    }
  }, true); // toggle does not bubble
}
