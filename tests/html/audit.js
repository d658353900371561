// SPDX-License-Identifier: GPL-2.0-or-later
// What is wrong with the page as it is shown now, as a list of sentences. Evaluated in the page.
(() => {
	const problems = [];
	const say = (text) => { if (problems.length < 20) problems.push(text); };
	const all = (selector, root = document) => [...root.querySelectorAll(selector)];
	const brief = (node) => `<${node.nodeName.toLowerCase()}> "${(node.textContent || '').trim().slice(0, 60)}"`;

	// Colours, as WCAG 2 reckons: relative luminance and the ratio of two.
	const parse = (text) => {
		const parts = text.match(/[\d.]+/g);
		return parts && text.startsWith('rgb') ? parts.map(Number) : null;
	};
	const luminance = (rgb) => {
		const [r, g, b] = rgb.map((value) => {
			const part = value / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ratio = (a, b) => {
		const [low, high] = [luminance(a.slice(0, 3)), luminance(b.slice(0, 3))].sort((x, y) => x - y);
		return (high + 0.05) / (low + 0.05);
	};
	const opaque = (rgb) => rgb && (rgb.length < 4 || rgb[3] > 0.99);
	const groundOf = (element) => {
		for (let at = element; at; at = at.parentElement) {
			const rgb = parse(getComputedStyle(at).backgroundColor);
			if (opaque(rgb))
				return rgb;
		}
		return [255, 255, 255];
	};
	const isShown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
	const needed = (style) => {
		const size = parseFloat(style.fontSize);
		return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
	};

	const checkText = () => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		let seen = 0;
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const element = node.parentElement;
			if (!node.data.trim() || element.closest('svg') || !isShown(element))
				continue;
			const style = getComputedStyle(element);
			const got = ratio(parse(style.color), groundOf(element));
			seen++;
			if (got < needed(style))
				say(`contrast ${got.toFixed(2)} of ${brief(element)}`);
		}
		if (seen < 20)
			say(`only ${seen} texts are shown`);
	};

	// In a drawing, text stands on the last box before it that covers its place.
	const paint = (shape, property) => parse(getComputedStyle(shape)[property]);
	const holds = (box, x, y) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
	const checkDrawnText = (svg) => {
		const ground = groundOf(svg);
		const boxes = all('rect', svg).map((rect) => ({ rect, box: rect.getBBox() }));
		const texts = all('text', svg).map((text) => ({ text, box: text.getBBox() }));
		const view = svg.viewBox.baseVal;
		for (const { text, box } of texts) {
			if (box.x < view.x - 1 || box.x + box.width > view.x + view.width + 1 ||
			    box.y < view.y - 1 || box.y + box.height > view.y + view.height + 1)
				say(`out of the drawing: ${brief(text)}`);
			for (const part of [0.02, 0.5, 0.98]) {
				const x = box.x + box.width * part, y = box.y + box.height / 2;
				const below = boxes.filter((one) => holds(one.box, x, y) &&
					(one.rect.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)).pop();
				const got = ratio(paint(text, 'fill'), below ? paint(below.rect, 'fill') : ground);
				if (got < 4.5)
					say(`contrast ${got.toFixed(2)} of ${brief(text)} in a drawing`);
			}
		}
		texts.forEach((one, index) => texts.slice(index + 1).forEach((other) => {
			const across = Math.min(one.box.x + one.box.width, other.box.x + other.box.width) -
				Math.max(one.box.x, other.box.x);
			const down = Math.min(one.box.y + one.box.height, other.box.y + other.box.height) -
				Math.max(one.box.y, other.box.y);
			if (across > 1 && down > 4)
				say(`${brief(one.text)} covers ${brief(other.text)}`);
		}));
	};
	const checkDrawing = (svg) => {
		const box = svg.getBoundingClientRect();
		const ground = groundOf(svg);
		if (box.width < 100 || box.height < 40)
			say(`a drawing of ${box.width} by ${box.height}`);
		for (const id of (svg.getAttribute('aria-labelledby') || 'none').split(' '))
			if (!(document.getElementById(id) || {}).textContent)
				say(`a drawing without ${id}`);
		for (const shape of all('rect,path', svg)) {
			const part = shape.getBBox();
			if (!(part.width > 0) && !(part.height > 0))
				say(`a ${shape.getAttribute('class')} without size`);
		}
		for (const shape of all('.bar,.failed,.write,.cross,.mark,.fault,.warning,.median,rect.window', svg))
			if (ratio(paint(shape, 'stroke'), ground) < 3)
				say(`contrast ${ratio(paint(shape, 'stroke'), ground).toFixed(2)} of the edge of ${shape.getAttribute('class')}`);
		for (const shape of all('.depth', svg))
			if (ratio(paint(shape, 'fill'), ground) < 3)
				say(`contrast ${ratio(paint(shape, 'fill'), ground).toFixed(2)} of depth`);
		for (const shape of all('rect', svg))
			if (!shape.querySelector('title'))
				say('a box without a title');
		checkDrawnText(svg);
	};

	const checkStructure = () => {
		const levels = all('h1,h2,h3,h4,h5,h6').map((heading) => Number(heading.nodeName[1]));
		if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1)
			say('not one h1, first');
		levels.forEach((level, index) => {
			if (index && level > levels[index - 1] + 1)
				say(`h${level} after h${levels[index - 1]}`);
		});
		if (!document.documentElement.lang || !document.title)
			say('no language or title');
		if (all('main').length !== 1)
			say('not one main');
		for (const table of all('table')) {
			if (!table.caption || !table.caption.textContent.trim())
				say('a table without a caption');
			for (const head of all('th', table))
				if (!head.scope)
					say(`no scope: ${brief(head)}`);
		}
		const ids = all('[id]').map((element) => element.id);
		if (new Set(ids).size !== ids.length)
			say('an id is there twice');
		for (const link of all('a')) {
			if (!link.textContent.trim())
				say('a link without text');
			if (!document.getElementById(link.hash.slice(1)))
				say(`leads nowhere: ${link.href}`);
		}
		for (const badge of all('.badge'))
			if (!badge.querySelector('[aria-hidden]') || !/[a-z]{2}/i.test(badge.textContent))
				say(`a colour alone: ${brief(badge)}`);
		for (const figure of all('figure'))
			if (!figure.querySelector('figcaption'))
				say('a figure without a caption');
	};

	const checkLayout = () => {
		const page = document.documentElement;
		if (page.scrollWidth > window.innerWidth) {
			const wide = all('body *').find((element) => !element.closest('.scroll') &&
				element.getBoundingClientRect().right > window.innerWidth + 1);
			say(`wider than the window, ${page.scrollWidth} of ${window.innerWidth}: ${wide ? brief(wide) : ''}`);
		}
		for (const element of all('body *'))
			if (element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0 &&
			    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
				say(`scrolls and takes no focus: ${brief(element)}`);
	};

	checkStructure();
	checkLayout();
	checkText();
	all('svg').forEach(checkDrawing);
	return problems;
})()
