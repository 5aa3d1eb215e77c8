import Hummingbird
import LichenStore
