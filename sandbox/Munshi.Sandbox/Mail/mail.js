// Says that new mail has come; the page itself stays as it is being read.
const last = document.body.dataset.last;

async function watch() {
  for (;;) {
    try {
      const answer = await fetch(`/mail/messages?after=${last}&wait=25`);
      if (answer.ok && (await answer.json()).length > 0) {
        document.getElementById("new").hidden = false;
        return;
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

watch();
