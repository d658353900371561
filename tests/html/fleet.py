# SPDX-License-Identifier: GPL-2.0-or-later
"""How the page of `merge` is in a browser, with few hosts and with many: it says of each host what the
JSON says, and whatever is broken in it is noticed. Used by pages.py."""

import json
import os
import re
import subprocess

MANY = 500
KINDS = ('7.3.4-cxl', '6.19.14-cxl', '7.3.4-siblings')
# Among them, the first few: all verdicts, and what is tested once.
RARE = ('7.0.4-cxl', '7.3.4-dma', '7.3.4-cxl-nomount', '7.3.4-cxl-noats', '7.3.4-vfio', '7.3.4-probe',
        '7.0.4-storm')
TONES = {'vulnerable': 'bad', 'broken': 'bad', 'unknown': 'unsure', 'inconclusive': 'unsure',
         'skipped': 'unsure', 'fixed': 'good', 'not-affected': 'good'}

# Of each row: the host, its verdict and tone, and how many cells there are of each verdict.
ROWS = """[...document.querySelectorAll('.heat tbody tr')].map((row) => {
    const badge = row.querySelector('td .badge'), cells = [...row.querySelectorAll('td')].slice(1);
    const word = (one) => one.lastChild.data.trim().split(' ')[0];
    return {name: row.querySelector('th').firstChild.data, verdict: word(badge),
            small: row.querySelector('small').textContent,
            tone: badge.className.replace('badge ', ''), seen: badge.getClientRects().length > 0,
            cells: cells.map((one) => one.querySelector('.badge') ? word(one.querySelector('.badge')) :
                one.textContent)}; })"""

# A host far down is in sight together with what its columns are.
HEADINGS = """(() => { const table = document.querySelector('.heat'), problems = [];
    table.scrollIntoView(); table.scrollTop = 3000; table.scrollLeft = 300;
    const box = table.getBoundingClientRect(), corner = table.querySelector('thead th');
    const shown = (one, what) => { const at = one.getBoundingClientRect(); const front =
        document.elementFromPoint(at.left + 5, at.top + 5);
        if (!front || !one.contains(front)) problems.push(what + ' is out of sight'); };
    if (table.scrollTop < 1000) problems.push('the table does not scroll by itself');
    shown(corner, 'the corner');
    const under = [...table.querySelectorAll('thead th')].find((one) =>
        one.getBoundingClientRect().left > corner.getBoundingClientRect().right + 5);
    if (under) shown(under, 'a heading');
    shown([...table.querySelectorAll('tbody th')].find((one) =>
        one.getBoundingClientRect().top > corner.getBoundingClientRect().bottom + 5), 'a host');
    if (box.height > innerHeight) problems.push('the table is higher than the window');
    return problems; })()"""

# What of a page is broken, and how.
BROKEN = (
    ('a host without a result is good', r'(unsure"><span aria-hidden="true">\S+</span> )unknown', r'\1fixed'),
    ('a colour that says something else', r'badge unsure("><span aria-hidden="true">\S+</span> unknown)', r'badge good\1'),
    ('a host is missing', r'<tr><th scope="row">node0010.*?</tr>', ''),
    ('two hosts in the wrong order', r'(<tr><th scope="row">node0010.*?</tr>\n)(<tr>.*?</tr>\n)', r'\2\1'),
    ('a step that failed is not shown', r'<td><span class="badge bad"><span aria-hidden="true">\S+</span> fail\b.*?</td>', '<td class="untested">not tested</td>'),
    ('a dash without words', r'untested">not tested', 'untested">'),
    ('why nothing is known of it', r'no result', ''),
    ('a colour alone', r'<span aria-hidden="true">\S+</span> fixed', 'fixed'),
    ('headings without scope', r'<th scope="col">Host', '<th>Host'),
    ('a table that takes no focus', r'"scroll heat( few)?" tabindex="0"', '"scroll heat"'),
    ('text that cannot be read', r'--muted:#57606a', '--muted:#c7d0da'),
    ('headings that scroll away', r'thead th\{position:sticky', 'thead th{position:static'),
    ('a table without end', r'\.heat\{max-height:92vh\}', ''),
    ('another verdict of all', r'Worst verdict: vulnerable', 'Worst verdict: fixed'),
    ('another count', r'hosts: \d+ ', 'hosts: 99 '),
    ('a page with a script', r'</body>', '<script>document.body.id = 1</script></body>'),
)


class Fleets:
    def __init__(self, pages, evidence):
        self.pages, self.browser, self.evidence = pages, pages.browser, evidence

    def put(self, folder, name, kind):
        with open(os.path.join(self.evidence, kind + '.ev'), encoding='utf-8') as file:
            text = re.sub(r'nodename=\S*', 'nodename=' + name, file.read(), count=1)
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def make_results(self, count):
        """So many hosts are expected; the last one, or three, have no result."""
        folder = os.path.join(self.pages.work, 'hosts-%d' % count)
        os.mkdir(folder)
        names = ['node%04d' % number for number in range(count)]
        for number, name in enumerate(names[:-3] if count > 3 else names[:-1]):
            rare = count > 3 and number < len(RARE)
            self.put(folder, name, RARE[number] if rare else KINDS[number % 3])
        if count > 3:
            open(os.path.join(folder, names[-3]), 'w', encoding='utf-8').close()
        else:
            self.put(folder, names[0], '7.0.4-cxl')
        with open(folder + '.list', 'w', encoding='utf-8') as file:
            file.write('\n'.join(names))
        return folder

    def make(self, folder):
        """The page's address, and what JSON says of the same."""
        page = folder + '.html'
        done = subprocess.run([self.pages.binary, 'merge', '-j', '--hosts', folder + '.list',
                               '--html', page, folder], stdout=subprocess.PIPE, check=False)
        return 'file://' + page, json.loads(done.stdout)

    def differences(self, wanted):
        problems = []
        rows = self.browser.evaluate(ROWS)
        hosts = wanted['hosts']
        if [row['name'] for row in rows] != [host['name'] for host in hosts]:
            problems.append('other hosts, or another order')
        for row, host in zip(rows, hosts):
            result = host['results'][0]
            steps = result['steps'] or {}
            if (row['verdict'], row['tone'], row['seen']) != (host['verdict'],
                                                              TONES[host['verdict']], True):
                problems.append('%s: %s, %s' % (row['name'], row['verdict'], row['tone']))
            if (result['why'] or '') not in row['small']:
                problems.append('%s: not why' % row['name'])
            for word in 'fail', 'inconclusive', 'pass':
                if steps.get(word, 0) and not any(
                        cell in (word, 'fail', 'inconclusive') for cell in row['cells']):
                    problems.append('%s: no %s' % (row['name'], word))
                if not steps.get(word, 0) and word in row['cells']:
                    problems.append('%s: %s' % (row['name'], word))
            if bool(steps.get('fail', 0)) != ('fail' in row['cells']):
                problems.append('%s: fail' % row['name'])
            if set(row['cells']) - {'fail', 'inconclusive', 'pass', 'not tested'}:
                problems.append('%s: %s' % (row['name'], row['cells']))
        return problems + self.wrong_head(wanted)

    def wrong_head(self, wanted):
        shown = self.browser.evaluate("document.querySelector('.verdict').innerText")
        counts = ', '.join('%d %s' % (number, word) for word, number in wanted['counts'].items()
                           if number)
        problems = []
        if 'Worst verdict: %s\n' % wanted['verdict'] not in shown:
            problems.append('the verdict: ' + shown)
        if 'Of %d hosts: %s.' % (len(wanted['hosts']), counts) not in shown:
            problems.append('the counts: ' + shown)
        return problems

    def problems(self, url, wanted):
        self.browser.look(1400)
        found = self.pages.load_problems(url) + self.browser.evaluate(self.pages.audit)
        found += self.differences(wanted)
        if len(wanted['hosts']) > 100:
            found += self.browser.evaluate(HEADINGS)
        return found[:20]

    def breaks(self, url, wanted):
        with open(url[len('file://'):], encoding='utf-8') as file:
            good = file.read()
        broken = url[len('file://'):] + '.broken.html'
        for what, pattern, instead in BROKEN:
            with open(broken, 'w', encoding='utf-8') as file:
                text, count = re.subn(pattern, instead, good, count=1, flags=re.S)
                file.write(text)
            found = self.problems('file://' + broken, wanted) if count else []
            self.pages.tap.ok('many hosts: noticed: ' + what, [] if found else
                              ['nothing is said of it' if count else 'it is not there'])

    def look(self):
        for count, name in (3, 'few hosts'), (MANY, 'many hosts'):
            url, wanted = self.make(self.make_results(count))
            self.pages.tap.ok('%s: what the JSON says' % name, self.problems(url, wanted))
            self.pages.look_everywhere(name, url)
            self.pages.look_on_paper(name, url)
            self.pages.use_keyboard(name, url, least=2)
        self.breaks(url, wanted)
