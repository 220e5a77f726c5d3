// @ts-check
// A note that is being written is kept per person and conversation until it is kept in the vault: it outlives the other
// forms of the page, which load it anew.

const own = document.body.dataset.user;

/** @returns {{text: HTMLTextAreaElement, name: string} | null} */
function box() {
  const text = document.getElementById("note-text");
  const conversation = document.getElementById("conversation")?.dataset.conversation;
  return text instanceof HTMLTextAreaElement && conversation ? { text, name: `munshi-draft:note:${own}:${conversation}` } : null;
}

/** @param {string} name @param {string} words */
function keep(name, words) {
  try {
    if (words.trim() === "") localStorage.removeItem(name);
    else localStorage.setItem(name, words);
  } catch {
    // A full or forbidden store costs the draft, not the page.
  }
}

function restore() {
  const note = box();
  const words = note && localStorage.getItem(note.name);
  if (!note || !words || note.text.value !== "") return;
  note.text.value = words;
  const menu = note.text.closest("details");
  if (menu) menu.open = true;
}

document.addEventListener("input", (event) => {
  const note = box();
  if (note && event.target === note.text) keep(note.name, note.text.value);
});

document.addEventListener("submit", (event) => {
  const note = box();
  if (note && event.target === note.text.form) keep(note.name, "");
});

document.addEventListener("htmx:after:swap", restore);
restore();
