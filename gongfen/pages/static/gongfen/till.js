"use strict";
// The keypad, and the voice that says what came in. Without it the till works just the same, only silent.
for (const pad of document.querySelectorAll("[data-keypad]")) {
  const sum = document.getElementById(pad.dataset.keypad);
  pad.hidden = false;
  pad.addEventListener("click", (press) => {
    const key = press.target.dataset.key;
    if (!key) return;
    if (key === "back") sum.value = sum.value.slice(0, -1);
    else if (key !== "." || !sum.value.includes(".")) sum.value += key;
  });
}
for (const told of document.querySelectorAll("[data-aloud]")) {
  if (!("speechSynthesis" in window)) break;
  const voice = new SpeechSynthesisUtterance(told.dataset.aloud);
  voice.lang = told.dataset.lang === "en" ? "en" : "zh-CN";
  window.speechSynthesis.speak(voice);
}
