/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.responses;

import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.StreamEvent;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * An item that means nothing to us but goes back as it came: what the provider's own
 * tools are called with and return, and types of the future.
 */
final class OpaqueItem implements OutputItem {

	private final String issuer;

	private final KeptSize kept;

	private @Nullable ProviderState state;

	OpaqueItem(String issuer, KeptSize kept) {
		this.issuer = issuer;
		this.kept = kept;
	}

	@Override
	public void finish(ItemJson json, boolean cut, Consumer<StreamEvent> events) {
		this.state = json.keep(this.issuer, 0, this.kept);
	}

	@Override
	public @Nullable AssistantPart complete(boolean cut, Consumer<StreamEvent> events) {
		return (this.state != null) ? new OpaquePart(this.state) : null;
	}

}
