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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives each connection to a handler, on a thread of its own, and closes all of them in
 * the end.
 */
final class SocketServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Handler handler;

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	SocketServer(SocketFactory sockets, Handler handler) {
		try {
			this.socket = sockets.create(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.handler = handler;
		start("accept", this::accept);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "socket-server-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	int connectionCount() {
		return this.connections.size();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				connection.setTcpNoDelay(true);
				this.connections.add(connection);
				start("connection", () -> handle(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void handle(Socket connection) {
		try (connection) {
			this.handler.handle(connection);
		}
		catch (IOException ex) {
			// The client or the test has closed the connection
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What to do with a connection.
	 */
	@FunctionalInterface
	interface Handler {

		void handle(Socket connection) throws IOException;

	}

	/**
	 * Creates the socket that accepts connections.
	 */
	@FunctionalInterface
	interface SocketFactory {

		ServerSocket create(int port, int backlog, InetAddress address) throws IOException;

	}

}
