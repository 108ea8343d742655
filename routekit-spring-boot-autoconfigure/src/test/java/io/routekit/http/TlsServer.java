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

import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyStore;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.routekit.http.SocketServer.Handler;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * A server that is called by TLS and speaks it well, badly or not at all.
 */
final class TlsServer implements AutoCloseable {

	private final SocketServer server;

	private TlsServer(SocketServer.SocketFactory sockets, Handler answer) {
		this.server = new SocketServer(sockets, answer);
	}

	/**
	 * Return a server that does what it is told without TLS.
	 */
	static TlsServer raw(Handler answer) {
		return new TlsServer(ServerSocket::new, answer);
	}

	/**
	 * Return a server that answers the first message of a client by some bytes, and waits
	 * for the client to go.
	 */
	static TlsServer raw(byte[] bytes) {
		return raw((connection) -> {
			connection.getInputStream().read(new byte[4096]);
			connection.getOutputStream().write(bytes);
			connection.getOutputStream().flush();
			while (connection.getInputStream().read() >= 0) {
				// Whatever the client says
			}
		});
	}

	/**
	 * Return a server that ends the handshake by a fatal alert.
	 */
	static TlsServer alert(int code) {
		return raw(HexFormat.of().parseHex("15030300020" + "2%02x".formatted(code)));
	}

	/**
	 * Return a server that speaks TLS well.
	 */
	static TlsServer certified(X509Bundle certificate, Handler answer) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
		return new TlsServer(context.getServerSocketFactory()::createServerSocket, answer);
	}

	/**
	 * Return a certificate for a host, which has signed itself.
	 */
	static X509Bundle certificate(String host) throws Exception {
		return new CertificateBuilder().subject("CN=" + host)
			.addSanDnsName(host)
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
	}

	/**
	 * Return an SSL bundle that trusts a certificate.
	 */
	static SslBundle trusting(X509Bundle certificate) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		store.setCertificateEntry("server", certificate.getCertificate());
		return SslBundle.of(SslStoreBundle.of(null, null, store));
	}

	URI url() {
		return URI.create("https://localhost:" + this.server.port());
	}

	int connectionCount() {
		return this.server.connectionCount();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
