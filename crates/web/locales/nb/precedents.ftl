# Lik behandling: saker som likner, med det som ble avgjort i dem, og hva en avgjørelse holdes opp mot.

precedents-heading = Slike saker fra før
precedents-introduction = De avgjorte sakene som likner mest, etter det dere har funnet ut i hver av dem. Er en sak lik nok, skal den behandles likt, eller avgjørelsen må si hvorfor ikke. Det som ikke er kjent i begge sakene, teller aldri som likt.
precedents-nothing-known = Dere har ikke ført inn hva dere vet om denne saken ennå. Da er det ingenting å sammenlikne andre saker med.
precedents-none = Ingen avgjorte saker likner denne.
precedents-likeness = { $percent } % av det som er kjent, er likt.
precedents-enough = Lik nok til å bli behandlet likt
precedents-compared = Hva som er likt, og hva som skiller dem
precedents-differing = Dette skiller dem
precedents-agreeing = Dette er likt
precedents-open = Dette er bare kjent i den ene
precedents-same = { $fact } { $here }
precedents-both = { $fact } Her: { $here }. Der: { $there }.
precedents-no-letters = Ingen brev er ført inn.
case-held_against = Saker som var like nok da det ble avgjort
case-departs_from = Avgjørelsen avviker fra
norm-advice = rådet
norm-practice = praksis
case-people-measure = Tiltaket som fjernet risikoen
case-people-groups = Hvem som skal varsles
case-people-ways = Hvordan
case-people-target = Innen
case-people-signed_by = Hvem som undertegner
case-people-whom_to_ask = Hvem de kan spørre
