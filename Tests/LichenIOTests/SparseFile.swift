#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

struct SparseFileError: Error {}

/// Makes a file look `size` bytes long without writing them.
func stretch(path: String, to size: Int) throws {
  guard truncate(path, off_t(size)) == 0 else { throw SparseFileError() }
}
