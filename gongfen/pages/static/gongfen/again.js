"use strict";
// Reads the page again every few seconds and shows what is new; without it there is a link to press.
const seconds = Number(document.currentScript.dataset.seconds);

async function again() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
      document.title = fresh.title;
    } catch {
      // no network for a moment: what stands there stays
    }
  }
  setTimeout(again, seconds * 1000);
}

setTimeout(again, seconds * 1000);
