document.documentElement.classList.add("xl-scripted");
document.querySelectorAll("#reports th").forEach((heading, column) => {
  heading.querySelector("button").addEventListener("click", () => {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    heading.parentNode.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = document.querySelector("#reports tbody");
    const key = row => row.cells[column].dataset.sort ?? "";
    const compare = (a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === "" || y === "") return (x === "") - (y === "");  // unknown goes last either way
      const order = isNaN(x) || isNaN(y) ? x.localeCompare(y, document.documentElement.lang) : x - y;
      return ascending ? order : -order;
    };
    body.append(...[...body.rows].sort(compare));
  });
});
