// The console's script: keeps the queue and the open case fresh. Every form works without it.
import { watchKeys } from "./keys.js";
import { watchQueue } from "./queue.js";
import { watchCase } from "./case.js";

watchKeys();
watchQueue();
if (document.querySelector("main[data-ref]")) watchCase();
