/** The findings for people: text and one HTML file, in Chinese and English. */
@NullMarked
package io.fengsui.standalone.conformance.report;

import org.jspecify.annotations.NullMarked;
