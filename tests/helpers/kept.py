"""What the live editor has kept on a device, looked at from a page of the same house."""

from __future__ import annotations

from typing import Final

STORE: Final = """async act => { const open = indexedDB.open("studio-live");
    await new Promise(done => open.onsuccess = done);
    const store = open.result.transaction("unsaved").objectStore("unsaved");
    const all = act == "count" ? store.count() : store.getAll();
    await new Promise(done => all.onsuccess = done); open.result.close();
    return act == "count" ? all.result
        : all.result.map(row => [Object.keys(row).sort().join(), new TextDecoder().decode(row.box)]); }"""
KEPT: Final = "indexedDB.databases().then(all => all.map(one => one.name))"
ONE: Final = """async remove => { const open = indexedDB.open("studio-live");
    await new Promise(done => open.onsuccess = done);
    const transaction = open.result.transaction("unsaved", "readwrite"), store = transaction.objectStore("unsaved");
    const all = store.getAllKeys();
    if (remove) store.delete(remove);
    await new Promise(done => transaction.oncomplete = done); open.result.close();
    return all.result[0]; }"""
"""Remove the record of a name, or tell the name of the first one."""
