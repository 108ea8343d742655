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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A catalogue that a server has, of which no more is read than is bounded in size and
 * time. One that has not changed is not sent again if the server knows how to tell.
 */
final class HttpCatalogue implements CatalogueSource {

	static final int MAX_SIZE = 16 * 1024 * 1024;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int CONNECT_TIMEOUT = 10_000;

	private static final int MAX_REDIRECTS = 5;

	private static final int BUFFER_SIZE = 8192;

	private static final Set<Integer> REDIRECTS = Set.of(HttpURLConnection.HTTP_MOVED_PERM,
			HttpURLConnection.HTTP_MOVED_TEMP, HttpURLConnection.HTTP_SEE_OTHER, 307, 308);

	private final URI location;

	private final Duration timeout;

	private final int maxSize;

	private @Nullable String etag;

	private @Nullable String lastModified;

	private volatile @Nullable HttpURLConnection connection;

	HttpCatalogue(URI location) {
		this(location, TIMEOUT, MAX_SIZE);
	}

	HttpCatalogue(URI location, Duration timeout, int maxSize) {
		this.location = location;
		this.timeout = timeout;
		this.maxSize = maxSize;
	}

	// Without what can be secret
	@Override
	public String name() {
		String port = (this.location.getPort() != -1) ? ":" + this.location.getPort() : "";
		String path = (this.location.getRawPath() != null) ? this.location.getRawPath() : "";
		return "%s://%s%s%s".formatted(this.location.getScheme(), this.location.getHost(), port, path);
	}

	@Override
	public boolean isRemote() {
		return true;
	}

	@Override
	public boolean canChange() {
		return true;
	}

	@Override
	public @Nullable PriceCatalogue read() throws IOException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		URI location = this.location;
		for (int i = 0; i <= MAX_REDIRECTS; i++) {
			HttpURLConnection connection = open(location, deadline);
			try {
				int status = connection.getResponseCode();
				if (!REDIRECTS.contains(status)) {
					return read(connection, status, deadline);
				}
				location = target(location, connection.getHeaderField("Location"));
			}
			finally {
				this.connection = null;
				connection.disconnect();
			}
		}
		throw new IOException("the server redirects more than %d times".formatted(MAX_REDIRECTS));
	}

	private HttpURLConnection open(URI location, long deadline) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) location.toURL().openConnection();
		this.connection = connection;
		connection.setInstanceFollowRedirects(false);
		connection.setUseCaches(false);
		connection.setConnectTimeout(Math.min(CONNECT_TIMEOUT, remaining(deadline)));
		connection.setReadTimeout(remaining(deadline));
		connection.setRequestProperty("Accept", "application/json, application/yaml;q=0.9, */*;q=0.8");
		// Nothing of it outlives the call
		connection.setRequestProperty("Connection", "close");
		if (this.etag != null) {
			connection.setRequestProperty("If-None-Match", this.etag);
		}
		if (this.lastModified != null) {
			connection.setRequestProperty("If-Modified-Since", this.lastModified);
		}
		return connection;
	}

	private static int remaining(long deadline) throws SocketTimeoutException {
		long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
		if (millis <= 0) {
			throw new SocketTimeoutException("it takes too long");
		}
		return (int) millis;
	}

	// What is secure stays so
	private static URI target(URI location, @Nullable String target) throws IOException {
		if (!StringUtils.hasText(target)) {
			throw new IOException("the server redirects to nowhere");
		}
		URI resolved;
		try {
			resolved = location.resolve(target);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("the server redirects to what is no address", ex);
		}
		boolean secure = "https".equalsIgnoreCase(resolved.getScheme());
		boolean plain = "http".equalsIgnoreCase(resolved.getScheme());
		if (resolved.getHost() == null || !(secure || (plain && "http".equalsIgnoreCase(location.getScheme())))) {
			throw new IOException("the server redirects to an address that is not secure");
		}
		return resolved;
	}

	private @Nullable PriceCatalogue read(HttpURLConnection connection, int status, long deadline) throws IOException {
		if (status == HttpURLConnection.HTTP_NOT_MODIFIED && (this.etag != null || this.lastModified != null)) {
			return null;
		}
		if (status != HttpURLConnection.HTTP_OK) {
			throw new IOException("the server answered with status %d".formatted(status));
		}
		PriceCatalogue catalogue = PriceCatalogue
			.read(new ByteArrayInputStream(body(connection, deadline)), fileName(connection))
			.named(name());
		this.etag = connection.getHeaderField("ETag");
		this.lastModified = connection.getHeaderField("Last-Modified");
		return catalogue;
	}

	private byte[] body(HttpURLConnection connection, long deadline) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		byte[] buffer = new byte[BUFFER_SIZE];
		try (InputStream stream = connection.getInputStream()) {
			int read = stream.read(buffer);
			while (read != -1) {
				body.write(buffer, 0, read);
				if (body.size() > this.maxSize) {
					throw new IOException("the answer is larger than %d bytes".formatted(this.maxSize));
				}
				connection.setReadTimeout(remaining(deadline));
				read = stream.read(buffer);
			}
		}
		long length = connection.getContentLengthLong();
		if (length >= 0 && length != body.size()) {
			throw new IOException("the answer ended too early");
		}
		return body.toByteArray();
	}

	private String fileName(HttpURLConnection connection) {
		String type = connection.getContentType();
		return (type != null && type.contains("yaml")) ? "catalogue.yaml" : connection.getURL().getPath();
	}

	@Override
	public void cancel() {
		HttpURLConnection connection = this.connection;
		if (connection != null) {
			connection.disconnect();
		}
	}

}
