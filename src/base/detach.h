/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For processes that may outlive the command that started them. */
#ifndef BASE_DETACH_H
#define BASE_DETACH_H

/*
 * Lets go of what belongs to whoever called the program: its terminal, session, working directory,
 * and all descriptors it handed down, so that no pipeline, terminal or lock of the caller waits for
 * this process. The program's own descriptors, which are all close-on-exec, stay. What fails is
 * left as it was.
 */
void process_detach(void);

#endif
