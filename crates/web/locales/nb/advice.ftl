# Hva reglene råder til i en sak, og hvorfor.

advice-heading = Råd
advice-rests-on = Reglenes råd på det vi vet (versjon { $version }). Den som vurderer saken, kan komme til noe annet, og skriver da hvorfor.
advice-kept = Slik reglene rådet da saken ble vurdert (vurdering { $assessment }, på versjon { $version } av det vi vet).
advice-no-facts = Ingen har svart på hva vi vet om saken ennå. Når det er gjort, gir reglene et råd med grunner.
advice-none-kept = Reglene hadde ikke gitt råd i en vurdering.
advice-because = Fordi
advice-against = Dette taler imot mer
advice-unknown = Regnet som en risiko fordi det ikke er kjent: { $facts }
advice-questions = Spørsmål som kan endre rådet
advice-answer = Svar på hva vi vet om saken
advice-duties = Se pliktene som følger
