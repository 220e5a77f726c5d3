// @ts-check
// What was written and not sent stays on no machine of somebody who has signed out.

for (const name of Object.keys(localStorage)) {
  if (name.startsWith("munshi-draft:") || name.startsWith("munshi-unsent:")) localStorage.removeItem(name);
}
