// What runs is looked at again every second; without this script, pages reload by themselves.
"use strict";
document.documentElement.classList.add("scripted");

async function refresh() {
  const answer = document.hidden ? null : await fetch(location.href).catch(() => null); // the server may be back soon
  if (answer?.redirected) return location.reload();
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of page ? ["live", "status"] : []) {
    const [old, now] = [document.getElementById(id), page.getElementById(id)];
    const at = [...old.querySelectorAll("a, button, [tabindex]")].indexOf(document.activeElement);
    if (old.innerHTML === now.innerHTML) continue; // so that screen readers say only what is new
    old.replaceChildren(...now.childNodes);
    old.toggleAttribute("data-live", now.hasAttribute("data-live"));
    if (at >= 0) old.querySelectorAll("a, button, [tabindex]")[at]?.focus();
  }
  if (document.querySelector("[data-live]")) setTimeout(refresh, 1000);
}

if (document.querySelector("[data-live]")) setTimeout(refresh, 1000);
document.querySelector(".who select")?.addEventListener("change", (event) => event.target.form.requestSubmit());
document.querySelector("#text")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
