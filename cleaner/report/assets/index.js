// The index: keys.
"use strict";

const stops = () => all("[data-stop]");
on("next-line", () => move(1, stops()));
on("previous-line", () => move(-1, stops()));
