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
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.routekit.OneLine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The prices that hold now: those of a catalogue, of one of one's own over it, and of
 * configuration over both. The catalogue is obtained when prices are first needed. A file
 * of one's own is read at once, and again when it has changed; what a server has is read
 * when the {@linkplain #refreshEvery(Duration) refreshing} begins, so that creating this
 * takes no network. One that is broken or gone by then leaves the prices as they are.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CurrentPriceCatalogue implements Supplier<PriceCatalogue>, AutoCloseable {

	private static final Log logger = LogFactory.getLog(CurrentPriceCatalogue.class);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration REMOTE_INTERVAL = Duration.ofHours(1);

	/**
	 * The longest time until a server is asked again that has failed.
	 */
	private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

	private static final int MAX_MESSAGE_LENGTH = 1000;

	private final SingletonSupplier<PriceCatalogue> base;

	private final @Nullable CatalogueSource source;

	private final PriceCatalogue overrides;

	private final Supplier<Scheduler> scheduler;

	private final Clock clock;

	private volatile SingletonSupplier<PriceCatalogue> current;

	private volatile boolean pending;

	private volatile @Nullable Instant lastRefresh;

	private volatile @Nullable String error;

	private volatile Disposable refreshing = Disposables.single();

	/**
	 * Create a new {@link CurrentPriceCatalogue} instance.
	 * @param base supplies the catalogue to begin with, once
	 * @param location the catalogue of one's own, be it a file or what a server has by
	 * HTTP, or {@code null} if there is none
	 * @param overrides what wins over both
	 * @throws IllegalArgumentException if the file is not what it should be
	 * @throws UncheckedIOException if the file cannot be read
	 */
	public CurrentPriceCatalogue(Supplier<PriceCatalogue> base, @Nullable Resource location, PriceCatalogue overrides) {
		this(base, (location != null) ? source(location) : null, overrides, Schedulers::boundedElastic,
				Clock.systemUTC());
	}

	CurrentPriceCatalogue(Supplier<PriceCatalogue> base, @Nullable CatalogueSource source, PriceCatalogue overrides,
			Supplier<Scheduler> scheduler, Clock clock) {
		Assert.notNull(base, "'base' must not be null");
		Assert.notNull(overrides, "'overrides' must not be null");
		this.base = SingletonSupplier.of(base);
		this.source = source;
		this.overrides = overrides;
		this.scheduler = scheduler;
		this.clock = clock;
		this.pending = source != null && source.isRemote();
		this.current = with((source != null && !source.isRemote()) ? readAtOnce(source) : null);
	}

	private static CatalogueSource source(Resource location) {
		if (!(location instanceof UrlResource resource) || resource.isFile()) {
			return new FileCatalogue(location);
		}
		try {
			URI uri = resource.getURI();
			boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			return http ? new HttpCatalogue(uri) : new FileCatalogue(location);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s has no address".formatted(location), ex);
		}
	}

	private @Nullable PriceCatalogue readAtOnce(CatalogueSource source) {
		try {
			PriceCatalogue own = source.read();
			this.lastRefresh = this.clock.instant();
			return own;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("%s: %s".formatted(source.name(), ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s could not be read".formatted(source.name()), ex);
		}
	}

	private SingletonSupplier<PriceCatalogue> with(@Nullable PriceCatalogue own) {
		return SingletonSupplier.of(() -> {
			PriceCatalogue base = this.base.obtain();
			return ((own != null) ? base.and(own) : base).and(this.overrides);
		});
	}

	/**
	 * Return the prices that hold now.
	 */
	@Override
	public PriceCatalogue get() {
		return this.current.obtain();
	}

	/**
	 * Return where the catalogue of one's own is.
	 * @return the name of the place, without secrets, or {@code null} if there is none
	 */
	public @Nullable String location() {
		return (this.source != null) ? this.source.name() : null;
	}

	/**
	 * Return whether the catalogue of one's own has not been read yet, so that nobody
	 * knows what it has.
	 * @return whether the server has not answered so far
	 */
	public boolean isPending() {
		return this.pending;
	}

	/**
	 * Return when the catalogue of one's own was last found to be good: when a file was
	 * read, or when a server told what it has, changed or not.
	 * @return the time, or {@code null} if it was not so far, or if there is none
	 */
	public @Nullable Instant lastRefresh() {
		return this.lastRefresh;
	}

	/**
	 * Return why the catalogue of one's own could not be read the last time.
	 * @return the reason, or {@code null} if it could
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * Look regularly whether the catalogue of one's own has changed, until this is
	 * closed: every 10 seconds at a file, every hour at a server.
	 * @return this instance
	 */
	public CurrentPriceCatalogue refreshRegularly() {
		return refreshEvery((this.source != null && this.source.isRemote()) ? REMOTE_INTERVAL : INTERVAL);
	}

	/**
	 * Look regularly whether the catalogue of one's own has changed, until this is
	 * closed. A server is asked at once for the first time, and each minute while it
	 * fails. Without such a catalogue this does nothing.
	 * @param interval the time between two looks
	 * @return this instance
	 */
	public CurrentPriceCatalogue refreshEvery(Duration interval) {
		close();
		if (this.source != null && this.source.canChange()) {
			Scheduler.Worker worker = this.scheduler.get().createWorker();
			this.refreshing = worker;
			schedule(worker, interval, this.pending ? Duration.ZERO : interval);
		}
		return this;
	}

	private void schedule(Scheduler.Worker worker, Duration interval, Duration delay) {
		try {
			worker.schedule(() -> {
				refresh();
				boolean soon = this.error != null && interval.compareTo(RETRY_INTERVAL) > 0;
				schedule(worker, interval, soon ? RETRY_INTERVAL : interval);
			}, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed in the meantime
		}
	}

	/**
	 * Read the catalogue of one's own again if it has changed.
	 */
	public synchronized void refresh() {
		if (this.source == null) {
			return;
		}
		try {
			PriceCatalogue own = this.source.read();
			if (own != null) {
				SingletonSupplier<PriceCatalogue> changed = with(own);
				// Here, and not by the next call
				changed.obtain();
				this.current = changed;
				this.pending = false;
				logger.info("The price catalogue was read: %s".formatted(this.source.name()));
			}
			if (own != null || this.source.isRemote()) {
				this.lastRefresh = this.clock.instant();
				this.error = null;
			}
		}
		catch (IOException | RuntimeException ex) {
			// What is given up has not failed
			if (!this.refreshing.isDisposed()) {
				fail(this.source, ex);
			}
		}
	}

	// As often as the reason is another one
	private void fail(CatalogueSource source, Exception ex) {
		String message = String.valueOf(ex.getMessage());
		String reason = OneLine.of((ex instanceof IllegalArgumentException) ? message
				: "%s (%s)".formatted(message, ex.getClass().getSimpleName()), MAX_MESSAGE_LENGTH);
		if (!reason.equals(this.error)) {
			logger.warn("The price catalogue %s cannot be used, so the prices stay as they were: %s"
				.formatted(source.name(), reason));
		}
		this.error = reason;
	}

	@Override
	public void close() {
		this.refreshing.dispose();
		if (this.source != null) {
			this.source.cancel();
		}
	}

}
