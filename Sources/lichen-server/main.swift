import LichenServer
print("hi")
