import GRDB
import Yams
import Crypto
print("x")
