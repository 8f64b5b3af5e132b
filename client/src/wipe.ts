// After signing out: removes what the live editor kept on this device, also where a browser does not do as it is asked.

try {
  new BroadcastChannel("studio-live").postMessage("wiped"); // to other tabs, so that they keep nothing anew
  indexedDB.deleteDatabase("studio-live");
  sessionStorage.clear();
} catch {
  // a browser that keeps nothing has nothing to remove
}
