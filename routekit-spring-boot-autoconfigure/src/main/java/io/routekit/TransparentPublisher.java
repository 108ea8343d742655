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

package io.routekit;

import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;

/**
 * A publisher that changes neither the thread nor the context of anything, as little as
 * those of Reactor, and lets Reactor subscribe to what is not its own. It answers as they
 * do, so that automatic context propagation, which takes longer than all else that is
 * done for an event, does not come in where it has nothing to do.
 */
interface TransparentPublisher extends Scannable {

	@Override
	@SuppressWarnings("rawtypes") // So it is declared
	default @Nullable Object scanUnsafe(Attr key) {
		return Scannable.from(Mono.empty()).scanUnsafe(key);
	}

}
