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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP server that does exactly what a test says, byte for byte: it can write half a
 * character, wait, reset the connection or never answer.
 */
public final class RawServer implements AutoCloseable {

	private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();

	private Script lastScript;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Set<String> complaints = ConcurrentHashMap.newKeySet();

	private final Set<String> expectedComplaints = ConcurrentHashMap.newKeySet();

	private final AtomicInteger openConnections = new AtomicInteger();

	private final AtomicInteger requestsUnderWay = new AtomicInteger();

	private final CountDownLatch clientGone = new CountDownLatch(1);

	// Last, since it serves from now on
	private final SocketServer server = new SocketServer(ServerSocket::new, this::serve);

	public URI url() {
		return url("");
	}

	public URI url(String path) {
		return URI.create("http://localhost:" + this.server.port() + path);
	}

	/**
	 * Say what to do with the next request; the last script is used for all further ones.
	 */
	public RawServer reply(Script script) {
		this.scripts.add(script);
		return this;
	}

	/**
	 * Say which fields requests have that the vendors' clients do not know.
	 */
	public RawServer expectUnknown(String... fields) {
		for (String field : fields) {
			this.expectedComplaints.add("unknown: " + field);
		}
		return this;
	}

	/**
	 * Say what else the vendors' clients say of requests that are meant as they are.
	 */
	public RawServer expectComplaint(String complaint) {
		this.expectedComplaints.add(complaint);
		return this;
	}

	public List<Request> requests() {
		return this.requests;
	}

	public Request request() {
		return this.requests.get(this.requests.size() - 1);
	}

	public int connectionCount() {
		return this.server.connectionCount();
	}

	public int openConnections() {
		return this.openConnections.get();
	}

	/**
	 * Return how many requests are being answered. Once none is, a client that has not
	 * had its answer has closed its connection.
	 */
	public int requestsUnderWay() {
		return this.requestsUnderWay.get();
	}

	/**
	 * Wait until a client has closed its connection, at most for some seconds.
	 */
	public boolean awaitClientGone() throws InterruptedException {
		return this.clientGone.await(20, TimeUnit.SECONDS);
	}

	/**
	 * Close all connections.
	 * @throws AssertionError if a request was not one that its provider documents
	 */
	@Override
	public void close() {
		this.server.close();
		assertThat(this.complaints).as("What the vendors' clients say of the requests")
			.isSubsetOf(this.expectedComplaints);
	}

	private void serve(Socket socket) throws IOException {
		this.openConnections.incrementAndGet();
		try (socket) {
			Connection connection = new Connection(socket);
			while (true) {
				Request request = Request.read(socket.getInputStream());
				if (request == null) {
					break;
				}
				Script script = nextScript(request);
				this.complaints.addAll(RequestJudge.judge(request.target(), request.body()));
				// A test that sees the request may go on, and say what to do with the
				// next one
				this.requests.add(request);
				this.requestsUnderWay.incrementAndGet();
				try {
					script.run(connection);
				}
				finally {
					this.requestsUnderWay.decrementAndGet();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.openConnections.decrementAndGet();
			this.clientGone.countDown();
		}
	}

	private synchronized Script nextScript(Request request) {
		Script next = this.scripts.poll();
		if (next != null) {
			this.lastScript = next;
		}
		else if (this.lastScript == null) {
			throw new IllegalStateException("No reply for " + request.target());
		}
		return this.lastScript;
	}

	/**
	 * What to do with a request.
	 */
	@FunctionalInterface
	public interface Script {

		void run(Connection connection) throws IOException, InterruptedException;

		static Script json(int status, String body, String... headers) {
			return body(status, "application/json", body, headers);
		}

		static Script body(int status, String contentType, String body, String... headers) {
			return (connection) -> {
				byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
				connection.head(status, "Content-Type: " + contentType);
				for (String header : headers) {
					connection.write(header + "\r\n");
				}
				connection.write("Content-Length: " + bytes.length + "\r\n\r\n");
				connection.write(bytes);
			};
		}

		static Script events(String stream) {
			return events(stream, Chunking.WHOLE);
		}

		static Script events(String stream, Chunking chunking, String... headers) {
			return (connection) -> {
				connection.startEvents(headers);
				for (byte[] chunk : chunking.split(stream.getBytes(StandardCharsets.UTF_8))) {
					connection.chunk(chunk);
				}
				connection.endChunks();
			};
		}

	}

	/**
	 * The server's side of a connection.
	 */
	public static final class Connection {

		private final Socket socket;

		private final OutputStream out;

		Connection(Socket socket) throws IOException {
			this.socket = socket;
			this.out = socket.getOutputStream();
		}

		public void head(int status, String... headers) throws IOException {
			write("HTTP/1.1 " + status + " Status\r\n");
			for (String header : headers) {
				write(header + "\r\n");
			}
		}

		public void startEvents(String... headers) throws IOException {
			head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
			for (String header : headers) {
				write(header + "\r\n");
			}
			write("\r\n");
		}

		public void chunk(String text) throws IOException {
			chunk(text.getBytes(StandardCharsets.UTF_8));
		}

		public void chunk(byte[] bytes) throws IOException {
			ByteArrayOutputStream chunk = new ByteArrayOutputStream();
			chunk.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
			chunk.write(bytes);
			chunk.write('\r');
			chunk.write('\n');
			write(chunk.toByteArray());
		}

		public void endChunks() throws IOException {
			write("0\r\n\r\n");
		}

		public void write(String text) throws IOException {
			write(text.getBytes(StandardCharsets.UTF_8));
		}

		public void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/**
		 * Close the connection as a crash does.
		 */
		public void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		public void close() throws IOException {
			this.socket.close();
		}

		/**
		 * Send nothing more, until the client goes away.
		 */
		public void stall() throws IOException {
			while (this.socket.getInputStream().read() >= 0) {
				// The client has nothing to say
			}
			throw new IOException("The client is gone");
		}

	}

	/**
	 * A request as it arrived.
	 *
	 * @param method the method
	 * @param target the path with its query
	 * @param headers the headers, by name in any case
	 * @param body the body
	 */
	public record Request(String method, String target, Map<String, String> headers, String body) {

		private static final JsonMapper mapper = new JsonMapper();

		/**
		 * Read a request.
		 * @return the request, or {@code null} if the client leaves before its end
		 */
		static Request read(InputStream in) throws IOException {
			String start = readLine(in);
			if (start == null || start.isEmpty()) {
				return null;
			}
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			for (String line = readLine(in); line == null || !line.isEmpty(); line = readLine(in)) {
				if (line == null) {
					return null;
				}
				int colon = line.indexOf(':');
				headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
			}
			int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
			byte[] body = in.readNBytes(length);
			if (body.length < length) {
				return null;
			}
			String[] parts = start.split(" ");
			return new Request(parts[0].toUpperCase(Locale.ROOT), parts[1], headers,
					new String(body, StandardCharsets.UTF_8));
		}

		private static String readLine(InputStream in) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = in.read(); next != '\n'; next = in.read()) {
				if (next < 0) {
					return null;
				}
				if (next != '\r') {
					line.write(next);
				}
			}
			return line.toString(StandardCharsets.UTF_8);
		}

		public JsonNode json() {
			return mapper.readTree(this.body);
		}

		public String header(String name) {
			return this.headers.get(name);
		}

	}

}
