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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

import org.springframework.util.Assert;

/**
 * Somebody who is told of calls and has no part in them, such as a listener. What it
 * throws does not fail the call: it is logged, once. Only an error of the virtual machine
 * is thrown, since nobody else could go on either.
 *
 * @since 0.1.0
 */
public final class Bystander {

	private static final Log logger = LogFactory.getLog(Bystander.class);

	private final String name;

	private final UnaryOperator<Throwable> redaction;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create a new {@link Bystander} instance.
	 * @param name who it is, for the log
	 */
	public Bystander(String name) {
		this(name, UnaryOperator.identity());
	}

	/**
	 * Create a new {@link Bystander} instance whose failures may hold secrets.
	 * @param name who it is, for the log
	 * @param redaction takes the secrets out of a failure
	 */
	public Bystander(String name, UnaryOperator<Throwable> redaction) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(redaction, "'redaction' must not be null");
		this.name = name;
		this.redaction = redaction;
	}

	/**
	 * Tell it something.
	 * @param notice tells it
	 */
	public void tell(Runnable notice) {
		ask(() -> {
			notice.run();
			return null;
		});
	}

	/**
	 * Ask it something that a call can do without.
	 * @param <T> the type of the answer
	 * @param question asks it
	 * @return the answer, {@code null} if it failed
	 */
	public <T> @Nullable T ask(Supplier<? extends @Nullable T> question) {
		try {
			return question.get();
		}
		catch (Throwable ex) {
			if (Exceptions.isJvmFatal(ex)) {
				throw ex;
			}
			log(ex);
			return null;
		}
	}

	/**
	 * Log what it has thrown, if it is the first time.
	 * @param thrown what was thrown, no error of the virtual machine
	 */
	void log(Throwable thrown) {
		if (this.failed.compareAndSet(false, true)) {
			logger.warn("%s failed, which is logged once and fails no call".formatted(this.name),
					OneLine.of(this.redaction.apply(thrown)));
		}
	}

}
