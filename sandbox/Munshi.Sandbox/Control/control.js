// The page works without this: it switches at once and shows the counts as they come.
const form = document.getElementById('faults');
const problem = document.getElementById('problem');
const few = 200; // ms between two looks at the counts, at least
const atStart = { batchSize: 1 };
let version = Number(document.body.dataset.version);

const pause = (time) => new Promise((resume) => setTimeout(resume, time));
const calls = (name) => form.elements[`${name}.calls`];

function tell(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

/** Shows the faults as they are, but leaves what is being edited. */
function showFaults(faults) {
  let active = 0;
  for (const [name, value] of Object.entries(faults)) {
    active += name !== 'failedCode' && name !== 'refusedCode' && Number(value) > (atStart[name] ?? 0) ? 1 : 0;
    const field = form.elements[name];
    if (field.type === 'checkbox') {
      field.checked = value !== false;
      if (calls(name) !== document.activeElement && value !== false) {
        calls(name).value = typeof value === 'number' ? value : '';
      }
    } else if (field !== document.activeElement) {
      field.value = value;
    }
  }
  document.getElementById('active').textContent = active;
}

function showCounts(state) {
  for (const cell of document.querySelectorAll('#counts [data-field]')) {
    const value = cell.dataset.field.split('.').reduce((part, name) => part?.[name], state);
    cell.textContent = value ?? '–';
  }
  const refused = Object.entries(state.graph.refusedByCode).map(([code, count]) => `${code} × ${count}`);
  document.getElementById('refused-by-code').textContent = refused.join(', ') || 'none';
}

async function change(method, body) {
  try {
    const response = await fetch('/control/faults', { method, body: body && JSON.stringify(body) });
    const answer = await response.json();
    tell(response.ok ? '' : answer.detail);
    if (response.ok) {
      showFaults(answer);
    }
  } catch {
    tell('The sandbox does not answer. Nothing was changed.');
  }
}

function changed(event) {
  const name = event.target.name.replace(/\.calls$/, '');
  const field = form.elements[name];
  if (field.type === 'checkbox') {
    if (event.target === field || field.checked) {
      change('PUT', { [name]: field.checked && calls(name).value !== '' ? Number(calls(name).value) : field.checked });
    }
  } else {
    change('PUT', { [name]: field.value === '' ? null : Number(field.value) });
  }
}

async function follow() {
  for (;;) {
    try {
      const state = await (await fetch(`/control/state?changedAfter=${version}&wait=25`)).json();
      if (state.version !== version) {
        version = state.version;
        showCounts(state);
        showFaults(await (await fetch('/control/faults')).json());
      }
      await pause(few);
    } catch {
      await pause(2000);
    }
  }
}

form.addEventListener('change', changed);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.submitter?.id === 'off') {
    change('DELETE');
  }
});
form.querySelector('.apply').hidden = true; // each switch works at once
follow();
