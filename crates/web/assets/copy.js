// Copies the answer beside a button to the clipboard. Without it the text is there all the same, to
// be selected; where the browser gives no clipboard, the button selects it.
"use strict";

const RESTORE_AFTER_MILLISECONDS = 2000;

function textOf(answer) {
  return Array.from(answer.children, (line) => line.textContent).join("\n");
}

function select(answer) {
  const range = document.createRange();
  range.selectNodeContents(answer);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const answer = document.getElementById(button.dataset.copy);
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    select(answer);
    if (!navigator.clipboard) {
      return;
    }
    try {
      await navigator.clipboard.writeText(textOf(answer));
    } catch {
      return;
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = words;
    }, RESTORE_AFTER_MILLISECONDS);
  });
}
