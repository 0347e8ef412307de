// Loaded before the page is drawn: what is sent before chat.js is here waits for it, or it would go as a form, into a
// conversation that this page does not show. If chat.js never comes, it goes as a form after all.

(() => {
  "use strict";
  const PATIENCE = 10000;
  const held = new Map();
  const hold = (event) => {
    event.preventDefault();
    held.set(event.target, event.submitter);
  };
  window.sendHeld = () => {
    document.removeEventListener("submit", hold);
    held.forEach((submitter, form) => form.requestSubmit(submitter));
    held.clear();
  };
  document.addEventListener("submit", hold);
  setTimeout(window.sendHeld, PATIENCE);
})();
