// The map: what one thing is joined with stands out while it is pointed at or has the focus
(() => {
  const map = document.querySelector(".map");
  const point = (event) => {
    const name = event.target.closest("[data-node]")?.dataset.node;
    map.classList.toggle("pointed", Boolean(name));
    for (const way of map.querySelectorAll(".way")) {
      way.classList.toggle("own", Boolean(name) && way.dataset.of.split(" ").includes(name));
    }
  };
  for (const kind of ["mouseover", "focusin", "focusout", "mouseleave"]) map.addEventListener(kind, point);
})();
