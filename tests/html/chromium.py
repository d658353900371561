# SPDX-License-Identifier: GPL-2.0-or-later
"""A headless Chromium, driven through its debugging pipe: nothing but Python's own library."""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time

DEADLINE_S = 600
OPTIONS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-extensions', '--disable-default-apps', '--disable-dev-shm-usage',
    '--hide-scrollbars', '--remote-debugging-pipe',
]


class BrowserError(Exception):
    pass


class Browser:
    """One browser with one page. What the page logs and requests is kept in lists."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix='iommu-resettest-chromium.')
        self.buffer = b''
        self.number = 0
        self.session = None
        self.clear()
        to_read, self.commands = os.pipe()
        self.answers, to_write = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4.
        self.process = subprocess.Popen(
            ['sh', '-c', 'exec "$0" "$@" 3<&%d 4>&%d' % (to_read, to_write), program]
            + OPTIONS + ['--user-data-dir=' + self.profile, 'about:blank'],
            pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self._attach()

    def _attach(self):
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target,
                                 flatten=True)['sessionId']
        for domain in 'Page', 'Runtime', 'Log', 'Network':
            self.call(domain + '.enable')

    def clear(self):
        self.loaded = False
        self.requests = []
        self.complaints = []

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self, deadline):
        while b'\0' not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise BrowserError('no answer in time')
            got = os.read(self.answers, 1 << 20)
            if not got:
                raise BrowserError('the browser has ended')
            self.buffer += got
        text, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(text)

    def _note(self, message):
        method, about = message.get('method'), message.get('params', {})
        if method == 'Page.loadEventFired':
            self.loaded = True
        elif method == 'Network.requestWillBeSent':
            self.requests.append(about['request']['url'])
        elif method == 'Log.entryAdded':
            self.complaints.append(about['entry']['text'])
        elif method in ('Runtime.consoleAPICalled', 'Runtime.exceptionThrown'):
            self.complaints.append(json.dumps(about)[:300])

    def call(self, method, **params):
        self.number += 1
        command = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            command['sessionId'] = self.session
        os.write(self.commands, json.dumps(command).encode() + b'\0')
        deadline = time.monotonic() + DEADLINE_S
        while True:
            message = self._message(deadline)
            if message.get('id') != self.number:
                self._note(message)
            elif 'error' in message:
                raise BrowserError('%s: %s' % (method, message['error'].get('message')))
            else:
                return message['result']

    def look(self, width, height=900, scheme='light', media='screen'):
        """How the page is seen from now on."""
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call('Emulation.setEmulatedMedia', media=media,
                  features=[{'name': 'prefers-color-scheme', 'value': scheme}])

    def load(self, url):
        self.clear()
        self.call('Page.navigate', url=url)
        deadline = time.monotonic() + DEADLINE_S
        while not self.loaded:
            self._note(self._message(deadline))

    def evaluate(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True,
                           awaitPromise=True)
        if 'exceptionDetails' in result:
            raise BrowserError(json.dumps(result['exceptionDetails'])[:500])
        return result['result'].get('value')

    def press(self, key, code):
        text = '\r' if key == 'Enter' else ''
        self.call('Input.dispatchKeyEvent', type='keyDown', key=key, code=key,
                  windowsVirtualKeyCode=code, text=text)
        self.call('Input.dispatchKeyEvent', type='keyUp', key=key, code=key,
                  windowsVirtualKeyCode=code)
