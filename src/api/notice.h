/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Notices between the nodes of one house: one short line for each thing that a person on another node may be waiting
 * for. They leave with the commit (store_notice) and are only hints, as events are.
 *
 *   e ROOM SEQ           a line of a room; the noun room puts it, and who hears it reads the line and publishes it
 *   g ROOM AUTHOR DATA   a signal, whole, since nothing of it is stored; put by the noun room too
 *   p TYPE PERSON DATA   any other event, once for each person that it is for
 *   s PERSON SESSION     a session was ended, or with `-` all of a person's: their streams are closed
 *   r                    something did not fit: everybody resyncs */
#ifndef BESIDE_API_NOTICE_H
#define BESIDE_API_NOTICE_H

#include "http/call.h"

/* Inside the transaction, after the handler: tells the other nodes what C will publish. */
void notice_send(struct call *c);

/* A line that another node sent. One that cannot be read, or whose room line cannot, makes everybody resync. */
void notice_hear(struct event_hub *hub, struct store_conn *db, struct arena *a, struct text line);

#endif
