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

package io.routekit.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.routekit.OneLine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The prices that hold now: those of a catalogue, of a file of one's own over it, and of
 * configuration over both. The catalogue is obtained when prices are first needed. The
 * file is read at once, and again when it has changed. One that is broken by then leaves
 * the prices as they are. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CurrentPriceCatalogue implements Supplier<PriceCatalogue>, AutoCloseable {

	private static final Log logger = LogFactory.getLog(CurrentPriceCatalogue.class);

	private static final int MAX_MESSAGE_LENGTH = 1000;

	private final SingletonSupplier<PriceCatalogue> base;

	private final @Nullable Resource file;

	private final PriceCatalogue overrides;

	private volatile SingletonSupplier<PriceCatalogue> current;

	private volatile long lastModified;

	private Disposable refreshing = Disposables.disposed();

	/**
	 * Create a new {@link CurrentPriceCatalogue} instance.
	 * @param base supplies the catalogue to begin with, once
	 * @param file the catalogue of one's own, or {@code null} if there is none
	 * @param overrides what wins over both
	 * @throws IllegalArgumentException if the file is not what it should be
	 * @throws UncheckedIOException if the file cannot be read
	 */
	public CurrentPriceCatalogue(Supplier<PriceCatalogue> base, @Nullable Resource file, PriceCatalogue overrides) {
		Assert.notNull(base, "'base' must not be null");
		Assert.notNull(overrides, "'overrides' must not be null");
		this.base = SingletonSupplier.of(base);
		this.file = file;
		this.overrides = overrides;
		this.lastModified = lastModified();
		this.current = load();
	}

	/**
	 * Return the prices that hold now.
	 */
	@Override
	public PriceCatalogue get() {
		return this.current.obtain();
	}

	/**
	 * Look regularly whether the file has changed, until this is closed. Without a file
	 * this does nothing.
	 * @param interval the time between two looks
	 * @return this instance
	 */
	public CurrentPriceCatalogue refreshEvery(Duration interval) {
		this.refreshing.dispose();
		if (this.file != null && this.file.isFile()) {
			this.refreshing = Schedulers.boundedElastic()
				.schedulePeriodically(this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
		}
		return this;
	}

	/**
	 * Read the file again if it has changed.
	 */
	public void refresh() {
		long lastModified = lastModified();
		// Gone for a moment while it is replaced
		if (lastModified == 0 || lastModified == this.lastModified) {
			return;
		}
		this.lastModified = lastModified;
		try {
			SingletonSupplier<PriceCatalogue> changed = load();
			// Here, and not by the next call
			changed.obtain();
			this.current = changed;
			logger.info("The price catalogue was read again: %s".formatted(this.file));
		}
		catch (RuntimeException ex) {
			logger.warn("The price catalogue has changed but is not valid, so the prices stay as they were: "
					+ OneLine.of(String.valueOf(ex.getMessage()), MAX_MESSAGE_LENGTH));
		}
	}

	private long lastModified() {
		try {
			return (this.file != null) ? this.file.lastModified() : 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private SingletonSupplier<PriceCatalogue> load() {
		if (this.file == null) {
			return SingletonSupplier.of(() -> this.base.obtain().and(this.overrides));
		}
		try (InputStream stream = this.file.getInputStream()) {
			PriceCatalogue own = PriceCatalogue.read(stream, this.file.getFilename());
			return SingletonSupplier.of(() -> this.base.obtain().and(own).and(this.overrides));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("%s: %s".formatted(this.file, ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s could not be read".formatted(this.file), ex);
		}
	}

	@Override
	public void close() {
		this.refreshing.dispose();
	}

}
