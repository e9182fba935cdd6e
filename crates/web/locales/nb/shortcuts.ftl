# Hurtigtastene, som en liste.

shortcuts-title = Hurtigtaster
shortcuts-introduction = Hold nede nettleserens egne taster og trykk på tasten i lista:
shortcuts-chrome = Chrome og Edge på Windows og Linux: Alt
shortcuts-firefox = Firefox på Windows og Linux: Alt og Shift
shortcuts-mac = Alle nettlesere på Mac: Control og Option
shortcuts-change = En tast alene gjør ingenting, så du kommer ikke borti noe mens du skriver eller dikterer. Nettleseren din avgjør hvilke taster som holdes nede, og i Firefox kan du bytte dem eller slå hurtigtastene av i innstillingene.
shortcuts-key = Tast
shortcuts-where = Hvor du kommer
shortcuts-search = Søkefeltet i sakslista
