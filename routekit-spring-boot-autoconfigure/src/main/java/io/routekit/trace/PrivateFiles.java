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
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Files and directories that nobody but their owner can read from the moment they are
 * there, on file systems that know owners. Links are not followed where others could have
 * put them.
 */
final class PrivateFiles {

	// A new file is made of no link
	private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

	private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.APPEND, StandardOpenOption.WRITE,
			LinkOption.NOFOLLOW_LINKS);

	private PrivateFiles() {
	}

	/**
	 * Create a directory and its parents, as far as they do not exist. Those that do keep
	 * their permissions.
	 * @param directory the directory, which may be a link to one
	 * @throws IOException if that fails
	 */
	static void createDirectories(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory, attributes(directory, "rwx------"));
		}
	}

	/**
	 * Create a file, and open it to be written.
	 * @param file the file
	 * @return the open file
	 * @throws java.nio.file.FileAlreadyExistsException if it exists, be it as a link
	 * @throws IOException if that fails
	 */
	static FileChannel create(Path file) throws IOException {
		return FileChannel.open(file, CREATE, attributes(file, "rw-------"));
	}

	/**
	 * Open a file to add to its end, and create it if it does not exist.
	 * @param file the file
	 * @return the open file
	 * @throws IOException if that fails, or if it is a link or no regular file
	 */
	static FileChannel append(Path file) throws IOException {
		return isFile(file) ? FileChannel.open(file, APPEND) : create(file);
	}

	/**
	 * Return whether there is a regular file.
	 * @param file the file
	 * @return whether there is one, {@code false} if there is nothing
	 * @throws IOException if there is something else, such as a link
	 */
	static boolean isFile(Path file) throws IOException {
		if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return true;
		}
		if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			throw new FileSystemException(file.toString(), null, "it is a link or no regular file");
		}
		return false;
	}

	/**
	 * Check that no directory on the way to a file is a link.
	 * @param root the directory to start from, which may be one
	 * @param file the file below it
	 * @throws IOException if one is
	 */
	static void checkNoLinks(Path root, Path file) throws IOException {
		for (Path path = file.getParent(); path != null && !path.equals(root); path = path.getParent()) {
			if (Files.isSymbolicLink(path)) {
				throw new FileSystemException(path.toString(), null, "it is a link");
			}
		}
	}

	/**
	 * Return whether everybody can write to a directory.
	 * @param directory the directory
	 * @return whether they can, as far as it is known
	 * @throws IOException if it cannot be read
	 */
	static boolean isWritableByOthers(Path directory) throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
		return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
	}

	private static FileAttribute<?>[] attributes(Path path, String permissions) throws IOException {
		Set<String> views = path.getFileSystem().supportedFileAttributeViews();
		if (views.contains("posix")) {
			return new FileAttribute<?>[] {
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
		}
		UserPrincipal owner = views.contains("acl") ? owner(path) : null;
		return (owner != null) ? new FileAttribute<?>[] { new OwnerOnly(owner) } : new FileAttribute<?>[0];
	}

	private static @Nullable UserPrincipal owner(Path path) {
		try {
			return path.getFileSystem()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(System.getProperty("user.name"));
		}
		catch (IOException | UnsupportedOperationException ex) {
			// The file has the permissions of its directory
			return null;
		}
	}

	/**
	 * A list of permissions by which the owner may do all, and nobody else anything.
	 *
	 * @param owner the owner
	 */
	record OwnerOnly(UserPrincipal owner) implements FileAttribute<List<AclEntry>> {

		@Override
		public String name() {
			return "acl:acl";
		}

		@Override
		public List<AclEntry> value() {
			return List.of(AclEntry.newBuilder()
				.setType(AclEntryType.ALLOW)
				.setPrincipal(this.owner)
				.setPermissions(EnumSet.allOf(AclEntryPermission.class))
				.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
				.build());
		}

	}

}
