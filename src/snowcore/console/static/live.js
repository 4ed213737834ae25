// What runs is looked at again every second; without this script, pages reload by themselves.
"use strict";
document.documentElement.classList.add("scripted");

async function refresh() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (answer.redirected) return location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["live", "status"]) {
        const [old, now] = [document.getElementById(id), page.getElementById(id)];
        if (old && now && old.outerHTML !== now.outerHTML) replace(old, now);
      }
    } catch { /* the server may be back the next time */ }
  }
  setTimeout(refresh, 1000);
}

// Only what is in it, so that screen readers say what is new; the focus stays where it was.
function replace(old, now) {
  const places = [...old.querySelectorAll("a, button, [tabindex]")];
  const at = places.indexOf(document.activeElement);
  old.replaceChildren(...now.childNodes);
  old.toggleAttribute("data-live", now.hasAttribute("data-live"));
  if (at >= 0) [...old.querySelectorAll("a, button, [tabindex]")][at]?.focus();
}

setTimeout(refresh, 1000);
document.querySelector(".who select")?.addEventListener("change", (event) => event.target.form.requestSubmit());
document.querySelector("#text")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
