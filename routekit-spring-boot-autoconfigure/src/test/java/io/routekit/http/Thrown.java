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

package io.routekit.http;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What somebody throws on purpose, or returns in place of an answer.
 */
enum Thrown {

	STACK_OVERFLOW {

		@Override
		Throwable create() {
			return new StackOverflowError(MARK);
		}

	},

	// Not for want of memory: a fork of the build gives up at the sight of it
	ERROR_OF_THE_MACHINE {

		@Override
		Throwable create() {
			return new VirtualMachineError(MARK) {
			};
		}

	},

	LINKAGE_ERROR {

		@Override
		Throwable create() {
			return new LinkageError(MARK);
		}

	},

	UNCHECKED {

		@Override
		Throwable create() {
			return new IllegalStateException(MARK);
		}

	},

	CHECKED {

		@Override
		Throwable create() {
			return new Exception(MARK);
		}

	},

	NOTHING {

		@Override
		@Nullable Throwable create() {
			return null;
		}

	};

	private static final String MARK = "thrown on purpose";

	abstract @Nullable Throwable create();

	/**
	 * Return whether it is thrown on after the call has ended.
	 */
	boolean isFatal() {
		return this == STACK_OVERFLOW || this == ERROR_OF_THE_MACHINE || this == LINKAGE_ERROR;
	}

	/**
	 * Throw it.
	 * @return {@code null} if it is nothing
	 */
	<T> @Nullable T happen() {
		Throwable thrown = create();
		if (thrown != null) {
			Thrown.<RuntimeException>sneak(thrown);
		}
		return null;
	}

	@SuppressWarnings("unchecked") // Nothing is cast when this runs
	private static <E extends Throwable> void sneak(Throwable thrown) throws E {
		throw (E) thrown;
	}

	/**
	 * Return whether a failure is one of these, or was caused by one.
	 */
	static boolean isOnPurpose(Throwable failure) {
		return isOnPurpose(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private static boolean isOnPurpose(@Nullable Throwable failure, Set<Throwable> seen) {
		if (failure == null || !seen.add(failure)) {
			return false;
		}
		if (String.valueOf(failure.getMessage()).contains(MARK) || isOnPurpose(failure.getCause(), seen)) {
			return true;
		}
		for (Throwable suppressed : failure.getSuppressed()) {
			if (isOnPurpose(suppressed, seen)) {
				return true;
			}
		}
		return false;
	}

}
