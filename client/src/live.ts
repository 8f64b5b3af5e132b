// The live editor. Where it cannot be loaded or started, the plain form on the same page goes on by itself.

import { Live } from "./live/start";

const root = document.querySelector<HTMLElement>("[data-live]");
const form = document.querySelector<HTMLFormElement>("form[data-writing]");
if (root && form && "WebSocket" in window) new Live(root, form).start();
