// The page works without this: it only saves the reloads. Markup always comes from the server.
const thread = document.getElementById('thread');
const write = document.getElementById('write');
const problem = document.getElementById('problem');

function show(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const fresh = page.getElementById('thread');
  if (fresh && Number(fresh.dataset.version) >= Number(thread.dataset.version)) {
    thread.dataset.version = fresh.dataset.version;
    thread.replaceChildren(...fresh.childNodes);
    thread.scrollTop = thread.scrollHeight;
  }
  const refusal = page.getElementById('problem');
  problem.textContent = refusal?.textContent ?? '';
  problem.hidden = problem.textContent === '';
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const body = new FormData(form, event.submitter);
  try {
    const response = await fetch(form.action, { method: 'POST', body });
    show(await response.text());
    if (response.ok && form === write) {
      write.reset();
      write.elements.text.focus();
    }
  } catch {
    problem.textContent = 'The sandbox does not answer. Nothing was sent.';
    problem.hidden = false;
  }
}

async function follow() {
  const { phone, number } = thread.dataset;
  for (;;) {
    try {
      const query = new URLSearchParams({ number, changedAfter: thread.dataset.version, wait: '25' });
      const changes = await fetch(`/phone/${phone}/messages?${query}`);
      if (changes.ok && (await changes.json()).length > 0) {
        const page = new URLSearchParams({ phone, number });
        show(await (await fetch(`/?${page}`)).text());
      } else if (!changes.ok) {
        await new Promise((resume) => setTimeout(resume, 2000));
      }
    } catch {
      await new Promise((resume) => setTimeout(resume, 2000));
    }
  }
}

if (thread && write) {
  thread.scrollTop = thread.scrollHeight;
  thread.addEventListener('submit', send);
  write.addEventListener('submit', send);
  write.elements.text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      write.requestSubmit();
    }
  });
  follow();
}
