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

package io.routekit.trace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PrivateFiles}.
 */
class PrivateFilesTests {

	@TempDir
	private Path directory;

	@Test
	void nobodyElseCanReadWhateverTheProcessAllows() throws Exception {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Process process = new ProcessBuilder("sh", "-c", "umask 0; exec \"$0\" \"$@\"", java.toString(), "-cp",
				System.getProperty("java.class.path"), CreatePrivateFiles.class.getName(), this.directory.toString())
			.inheritIO()
			.start();
		try {
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}

		assertThat(permissions("other")).isEqualTo("rwxrwxrwx");
		assertThat(permissions("a")).isEqualTo("rwx------");
		assertThat(permissions("a/b")).isEqualTo("rwx------");
		assertThat(permissions("a/b/created")).isEqualTo("rw-------");
		assertThat(permissions("a/b/appended")).isEqualTo("rw-------");
	}

	private String permissions(String name) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve(name)));
	}

	@Test
	void createsNothingOverALink() throws IOException {
		Path target = Files.writeString(this.directory.resolve("target"), "untouched");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), target);
		Path dangling = Files.createSymbolicLink(this.directory.resolve("dangling"), this.directory.resolve("nothing"));

		for (Path path : List.of(link, dangling)) {
			assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> PrivateFiles.create(path));
			assertThatIOException().isThrownBy(() -> PrivateFiles.append(path));
		}
		assertThatIOException().isThrownBy(() -> PrivateFiles.createDirectories(dangling));
		assertThat(target).hasContent("untouched");
		assertThat(this.directory.resolve("nothing")).doesNotExist();
	}

	@Test
	void worksWhereThereAreNoOwners() throws IOException {
		try (FileSystem zip = FileSystems.newFileSystem(this.directory.resolve("a.zip"), Map.of("create", "true"))) {
			Path nested = zip.getPath("/a/b");
			PrivateFiles.createDirectories(nested);
			PrivateFiles.create(nested.resolve("file")).close();

			assertThat(nested.resolve("file")).exists();
			assertThat(PrivateFiles.isWritableByOthers(nested)).isFalse();
		}
	}

	@Test
	void onlyTheOwnerIsInTheListOfPermissions() throws IOException {
		UserPrincipal owner = Files.getOwner(this.directory);
		PrivateFiles.OwnerOnly attribute = new PrivateFiles.OwnerOnly(owner);

		assertThat(attribute.name()).isEqualTo("acl:acl");
		assertThat(attribute.value()).singleElement().satisfies((entry) -> {
			assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
			assertThat(entry.principal()).isEqualTo(owner);
		});
	}

}
