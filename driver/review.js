// SPDX-License-Identifier: GPL-2.0-only
// Nothing here is needed to read the page: keys between commits, and all folds
// at once.
"use strict";
(() => {
	const commits = [...document.querySelectorAll(".commit")];
	const folds = [...document.querySelectorAll("main details")];
	const tools = document.querySelector(".tools");
	const button = document.createElement("button");
	const hint = document.createElement("span");

	function go(by) {
		const tops = commits.map((c) => c.getBoundingClientRect().top);
		const next = by > 0 ? tops.findIndex((top) => top > 40) :
			tops.findLastIndex((top) => top < -8);

		if (next >= 0)
			commits[next].scrollIntoView();
		else if (by < 0)
			window.scrollTo(0, 0);
	}
	button.textContent = "Unfold all";
	button.addEventListener("click", () => {
		const open = folds.some((fold) => !fold.open);

		for (const fold of folds)
			fold.open = open;
		button.textContent = open ? "Fold all" : "Unfold all";
	});
	hint.innerHTML = "<kbd>j</kbd> <kbd>k</kbd> next, previous commit";
	tools.append(hint, button);
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (event.key === "j" || event.key === "k")
			go(event.key === "j" ? 1 : -1);
	});
})();
