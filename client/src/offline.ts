// Search in a library that lies in a folder of files: no server is asked, and nothing is sent or kept.

import { start } from "./offline/page";

start();
