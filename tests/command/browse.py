#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Opens a page in a headless Chromium, at two widths, light and dark, and prints
what it finds there, a line each. Chromium is spoken to through a pipe (its
DevTools protocol, a NUL byte behind each message), so no port is opened.

	browse.py PAGE [--shot PREFIX] [--eval EXPRESSION]... [--full]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

PATIENCE = 60  # seconds for one answer: test machines are busy
FACTS = """(() => {
	const links = [...document.querySelectorAll('a[href]')];
	const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
	const wide = [...document.querySelectorAll('body *')].filter((e) =>
		e.getBoundingClientRect().right > innerWidth + 1 &&
		!e.closest('.scroll') && !e.closest('.skip') &&
		!e.closest('.unseen'));
	const times = performance.getEntriesByType('navigation')[0];
	return {
		overflow: document.documentElement.scrollWidth - innerWidth,
		wide: wide.slice(0, 3).map((e) => e.tagName + '.' + e.className),
		links: links.length,
		dead: links.map((a) => a.getAttribute('href')).filter((href) =>
			!href.startsWith('#') ||
			!document.getElementById(href.slice(1))),
		twice: ids.filter((id, i) => ids.indexOf(id) !== i),
		ground: getComputedStyle(document.body).backgroundColor,
		opened: Math.round(times.loadEventEnd - times.startTime),
		nodes: document.querySelectorAll('*').length,
	};
})()"""


class Browser:
    def __init__(self, program):
        self.home = tempfile.mkdtemp(prefix="cocciseries-browser-")
        self.number = 0
        self.events = []
        self.buffer = b""
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()

        def place():  # descriptors 3 and 4 are where Chromium looks
            first = os.dup2(theirs_in, 13)
            second = os.dup2(theirs_out, 14)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", "--hide-scrollbars", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-extensions",
             "--disable-background-networking", "--disable-component-update",
             "--user-data-dir=" + self.home, "about:blank"],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.input = os.fdopen(ours_in, "rb", buffering=0)
        self.output = os.fdopen(ours_out, "wb", buffering=0)
        os.set_blocking(ours_in, False)
        self.session = None

    def start(self):
        target = self.ask("Target.createTarget", url="about:blank")
        self.session = self.ask("Target.attachToTarget", flatten=True,
                                targetId=target["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")
        # Of the page's thread alone: other programs do not count.
        self.ask("Performance.enable", timeDomain="threadTicks")

    def message(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            if self.process.poll() is not None or time.monotonic() > end:
                raise OSError("Chromium does not answer")
            data = self.input.read(1 << 20)
            if data:
                self.buffer += data
            else:
                time.sleep(0.01)
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **params):
        self.number += 1
        call = {"id": self.number, "method": method, "params": params}
        if self.session:
            call["sessionId"] = self.session
        self.output.write(json.dumps(call).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                break
            self.events.append(answer)
        if "error" in answer:
            raise OSError(method + ": " + answer["error"]["message"])
        return answer["result"]

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.message())

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression,
                          returnByValue=True)
        if "exceptionDetails" in answer:
            raise OSError(expression + ": " +
                          answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def open(self, url, width, height, scheme):
        self.events.clear()
        self.ask("Emulation.setDeviceMetricsOverride", width=width,
                 height=height, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Page.navigate", url=url)
        self.wait("Page.loadEventFired")
        time.sleep(0.1)
        metrics = self.ask("Performance.getMetrics")["metrics"]
        busy = next(m["value"] for m in metrics
                    if m["name"] == "TaskDuration")
        return {**self.value(FACTS), "busy": round(1000 * busy)}

    def complaints(self):
        """What the console would show, and what was fetched beside the page."""
        found = []
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded":
                found.append(params["entry"]["text"])
            elif method == "Runtime.exceptionThrown":
                found.append(params["exceptionDetails"]["text"])
            elif method == "Runtime.consoleAPICalled":
                found.append(params["type"])
            elif method == "Network.requestWillBeSent":
                if params.get("type") != "Document":
                    found.append("fetches " + params["request"]["url"])
        return found

    def shoot(self, path, full):
        import base64
        answer = self.ask("Page.captureScreenshot", format="png",
                          captureBeyondViewport=full)
        with open(path, "wb") as f:
            f.write(base64.b64decode(answer["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def look(browser, url, args):
    print("started")
    for width, height in ((1280, 800), (800, 1000)):
        for scheme in ("light", "dark"):
            facts = browser.open(url, width, height, scheme)
            name = f"{width} {scheme}"
            for key, value in facts.items():
                print(f"{name} {key}: {json.dumps(value)}")
            print(f"{name} console: {json.dumps(browser.complaints())}")
            if args.shot:
                browser.shoot(f"{args.shot}-{width}-{scheme}.png", args.full)
    for expression in args.eval:
        print(f"{expression}: {json.dumps(browser.value(expression))}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page")
    parser.add_argument("--shot")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--eval", action="append", default=[])
    args = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        sys.exit("chromium is not installed")
    url = "file://" + urllib.parse.quote(os.path.abspath(args.page))
    browser = Browser(program)
    try:
        try:
            browser.start()
        except OSError as error:
            sys.exit(f"Chromium does not start: {error}")
        look(browser, url, args)
    finally:
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(str(error))
