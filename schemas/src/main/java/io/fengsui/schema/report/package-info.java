/**
 * The compact text of a direct disaster report, version 1. Nothing public defines what a terminal for direct reports sends, so
 * this is ours: short enough for the 78 bytes or 120 hanzi of a civil short message, and still a text that a person reads.
 * It stands here because two know it that may not know each other: the bridge, which reads what terminals send, and the streams
 * app, which reads a report again once its parts are joined. Pure.
 *
 * <pre>{@code
 * text      = "灾1" ["演"] ["#" id ["-" n "/" m]] [":"] body      演 marks an exercise; ":" stands behind an id only
 * body      = phase disaster [level] {sep item} ["/" words]      or, with n/m, a part of it: the parts make one body
 * phase     = 初 | 续 | 核                                        or 初报, 续报, 核报
 * disaster  = 涝 旱 台 雹 冻 雪 沙 震 崩 滑 泥 潮 啸 火 虫 他        or the whole name, such as 洪涝
 * level     = I | II | III | IV                                   as judged by the reporter
 * item      = figures | place | time                              each once at most, in any order
 * figures   = {亡 n | 失 n | 灾 n | 转 n | 倒 n | 损 n}              each once at most, 0 to 10 000 000
 * place     = "@" [code] [name]                                   code of 6, 9 or 12 digits; name of 40 characters at most
 * time      = 时 MMDDhhmm                                          when it happened, Asia/Shanghai
 * id        = 1 to 8 letters and digits;  n of m: 1 to m, m from 2 to 20
 * sep       = "," | ";"
 * }</pre>
 *
 * <p>Punctuation, letters and digits may be full-width, as hanzi keyboards write them; Ⅰ to Ⅳ stand for I to IV. Within
 * the grammar there are no blanks. What does not follow it is a text for a person, with a note why, and is never dropped.
 *
 * <pre>{@code
 * 灾1初涝III,亡0失2灾120转40,@320583102,时11230800/河水漫堤
 * 灾1演续台IV,灾30/演练
 * 灾1#A7-2/3:20583102,时11230800/河
 * }</pre>
 */
@NullMarked
package io.fengsui.schema.report;

import org.jspecify.annotations.NullMarked;
