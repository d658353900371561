/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page's style sheet: light and dark, narrow and wide, on paper. */
#ifndef RENDER_HTML_STYLE_H
#define RENDER_HTML_STYLE_H

extern const char html_style[];

#endif
