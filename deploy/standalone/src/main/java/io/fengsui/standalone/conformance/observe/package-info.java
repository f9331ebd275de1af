/** What a vendor's client and the broker were seen to do: packets and instants, without payloads and passwords. */
@NullMarked
package io.fengsui.standalone.conformance.observe;

import org.jspecify.annotations.NullMarked;
