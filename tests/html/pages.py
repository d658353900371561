# SPDX-License-Identifier: GPL-2.0-or-later
"""Usage: pages.py BINARY EVIDENCE_DIR [SCREENSHOT_DIR]

How the pages of `report` and `merge` are in a browser: they load alone, say what judge says, can be read in
both colour schemes, on narrow and wide screens and on paper, and used by the keyboard. Prints TAP.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources may not be ours to write to

from chromium import Browser  # noqa: E402
from fleet import Fleets  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTHS = (360, 768, 1400)
SCHEMES = ('light', 'dark')
# Looked at in every way; the others in one.
CLOSE = ('7.0.4-cxl', '7.0.4-storm', '7.3.4-dma', '7.3.4-cxl-lockdown', '7.3.4-cxl-bound',
         '7.3.4-probe', '7.3.4-storm-one', '7.3.4-arm64-dma')


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def ok(self, name, problems):
        self.number += 1
        if not problems:
            print('ok %d - %s' % (self.number, name), flush=True)
            return
        self.failed += 1
        print('not ok %d - %s' % (self.number, name))
        for problem in problems:
            print('# %s' % problem)

    def end(self):
        print('1..%d' % self.number)
        return 1 if self.failed or not self.number else 0


class Pages:
    def __init__(self, binary, work, browser, tap, shots):
        self.binary, self.work, self.browser, self.tap = binary, work, browser, tap
        self.shots = shots
        with open(os.path.join(HERE, 'audit.js'), encoding='utf-8') as script:
            self.audit = script.read()

    def make(self, files):
        page = os.path.join(self.work, 'page.html')
        subprocess.run([self.binary, 'report', *files, '--html', page], check=True)
        return 'file://' + page

    def verdict(self, file):
        said = subprocess.run([self.binary, 'judge', '-q', file], stdout=subprocess.PIPE,
                              check=False).stdout.decode()
        return re.match(r'Verdict: ([a-z-]+)', said).group(1)

    def load_problems(self, url):
        self.browser.load(url)
        requests = [one for one in self.browser.requests if one != url]
        return self.browser.complaints + ['requests ' + one for one in requests]

    def shoot(self, name):
        if not self.shots:
            return
        height = min(self.browser.evaluate('document.documentElement.scrollHeight'), 8000)
        width = self.browser.evaluate('window.innerWidth')
        image = self.browser.call('Page.captureScreenshot', captureBeyondViewport=True, clip={
            'x': 0, 'y': 0, 'width': width, 'height': height, 'scale': 1})
        with open(os.path.join(self.shots, name + '.png'), 'wb') as file:
            file.write(base64.b64decode(image['data']))

    def look_everywhere(self, name, url):
        for width in WIDTHS:
            for scheme in SCHEMES:
                self.browser.look(width, scheme=scheme)
                problems = self.load_problems(url) + self.browser.evaluate(self.audit)
                is_dark = self.browser.evaluate(
                    "getComputedStyle(document.body).backgroundColor") != 'rgb(255, 255, 255)'
                if is_dark != (scheme == 'dark'):
                    problems.append('the ground is not that of the scheme')
                self.tap.ok('%s: %d px, %s' % (name, width, scheme), problems)
                self.shoot('%s-%d-%s' % (name, width, scheme))

    def look_on_paper(self, name, url):
        self.browser.look(794, scheme='dark', media='print')
        problems = self.load_problems(url) + self.browser.evaluate(self.audit)
        problems += self.browser.evaluate("""(() => {
            const closed = [...document.querySelectorAll('details > :not(summary)')].filter(
                (one) => !one.checkVisibility()).length;
            const dark = getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)';
            return [...(closed ? [closed + ' details are closed'] : []),
                    ...(dark ? ['dark paper'] : [])]; })()""")
        pdf = base64.b64decode(self.browser.call('Page.printToPDF', printBackground=True)['data'])
        if not pdf.startswith(b'%PDF'):
            problems.append('no PDF')
        if self.shots:
            with open(os.path.join(self.shots, name + '.pdf'), 'wb') as file:
                file.write(pdf)
        self.tap.ok('%s: on paper' % name, problems)

    def use_keyboard(self, name, url, least=3):
        """Tab comes to all there is to use, in its order, and shows where it is."""
        self.browser.look(1400)
        problems = self.load_problems(url)
        self.browser.evaluate("""window.stops = [...document.querySelectorAll(
            'a[href],summary,[tabindex="0"]')].filter((one) => one.checkVisibility())""")
        count = self.browser.evaluate('stops.length')
        for index in range(count):
            self.browser.press('Tab', 9)
            at = self.browser.evaluate("""(() => { const one = document.activeElement,
                style = getComputedStyle(one), box = one.getBoundingClientRect();
                return {at: stops.indexOf(one), seen: style.outlineStyle !== 'none' &&
                parseFloat(style.outlineWidth) >= 2 && box.right > 0 && box.bottom > 0 &&
                box.top < innerHeight, what: one.outerHTML.slice(0, 80)}; })()""")
            if at['at'] != index:
                problems.append('Tab %d comes to %s' % (index + 1, at['what']))
                break
            if not at['seen']:
                problems.append('not seen to have the focus: ' + at['what'])
        if count < least:
            problems.append('only %d places to come to' % count)
        self.tap.ok('%s: by the keyboard, %d places' % (name, count), problems)
        self.use_skip_link(name, url)
        self.open_details(name, url)

    def use_skip_link(self, name, url):
        self.browser.load(url)
        self.browser.press('Tab', 9)
        first = self.browser.evaluate('document.activeElement.className')
        self.browser.press('Enter', 13)
        where = self.browser.evaluate("""new Promise((done) => { let tries = 0; const look = () =>
            location.hash || tries++ > 200 ? done(location.hash) : setTimeout(look, 50);
            look(); })""")
        self.tap.ok('%s: the first Tab skips to the content' % name,
                    [] if (first, where) == ('skip', '#content') else [first, where])

    def open_details(self, name, url):
        self.browser.load(url)
        opened = self.browser.evaluate("""(() => { const one = document.querySelector('summary');
            if (!one) return 'none'; one.focus(); return one.parentElement.open; })()""")
        if opened == 'none':
            return
        self.browser.press('Enter', 13)
        now = self.browser.evaluate("document.querySelector('details').open")
        self.tap.ok('%s: Enter opens details' % name,
                    [] if opened is False and now is True else ['%s, %s' % (opened, now)])

    def compare(self, name, url, file):
        """The words and the drawings that the evidence asks for."""
        self.browser.look(1400)
        problems = self.load_problems(url) + self.browser.evaluate(self.audit)
        shown = self.browser.evaluate("document.querySelector('.verdict').innerText")
        if 'Verdict: ' + self.verdict(file) not in shown.split('\n')[0]:
            problems.append('the verdict is not there: ' + shown.split('\n')[0])
        judged = json.loads(subprocess.run([self.binary, 'judge', '-j', file],
                                           stdout=subprocess.PIPE, check=False).stdout)
        tested = [step for step in judged['steps'] if step['verdict'] != 'skip']
        drawn = self.browser.evaluate("document.querySelectorAll('svg.timeline').length")
        if drawn != len(tested):
            problems.append('%d timelines of %d steps' % (drawn, len(tested)))
        for step in tested:
            counts = self.browser.evaluate("""(() => { const drawn = document.querySelector(
                '#r1-s%d').closest('article');
                return ['.window', '.depth', '.write,.failed'].map(
                    (one) => drawn.querySelectorAll('svg.timeline rect' + one).length)
                })()""" % step['number'])
            for what, there, wanted in (
                    ('window', counts[0], step['blocked']), ('depth', counts[1], step['depth_max']),
                    ('write', counts[2], step['write_status'] is not None)):
                if wanted and not there:
                    problems.append('step %d: no %s is drawn' % (step['number'], what))
        self.tap.ok('%s: verdict and timelines' % name, problems)


def make_hostile(good, path):
    """Evidence whose names would be elements, were they not escaped."""
    with open(good, encoding='utf-8') as file:
        text = file.read()
    text = text.replace('nodename=(none)',
                        r'nodename="<script>document.title=1</script>\"onload=x"')
    text = text.replace('text="Modules linked in:', 'text="<img src=x onerror=alert(1)>')
    text = text.replace('text="bridges are never reset"', 'text="</td></table><h1>owned</h1>"')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def main():
    binary, evidence = sys.argv[1:3]
    shots = sys.argv[3] if len(sys.argv) > 3 else None
    files = sorted(os.path.join(evidence, name) for name in os.listdir(evidence)
                   if name.endswith('.ev'))
    tap = Tap()
    browser = Browser(os.environ.get('CHROMIUM', 'chromium'))
    try:
        with tempfile.TemporaryDirectory() as work:
            pages = Pages(binary, work, browser, tap, shots)
            for file in files:
                name = os.path.basename(file)[:-3]
                url = pages.make([file])
                pages.compare(name, url, file)
                if name in CLOSE:
                    pages.look_everywhere(name, url)
                    pages.look_on_paper(name, url)
            for name, many in (('7.0.4-cxl', [os.path.join(evidence, '7.0.4-cxl.ev')]),
                               ('all at once', files)):
                pages.use_keyboard(name, pages.make(many))
            pages.look_everywhere('all at once', pages.make(files))
            pages.look_on_paper('all at once', pages.make(files))
            hostile = make_hostile(os.path.join(evidence, '7.0.4-cxl.ev'),
                                   os.path.join(work, 'hostile.ev'))
            pages.look_everywhere('hostile', pages.make([hostile]))
            Fleets(pages, evidence).look()
    finally:
        browser.close()
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
