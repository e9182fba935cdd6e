# E-poster som ikke er sendt ennå.

post-introduction = Her står e-poster som ikke er sendt ennå. Avvik prøver på nytt av seg selv, men etter mange forsøk gir den opp. Da må noen rette feilen og be om et nytt forsøk her.
post-none = Alle e-poster er sendt.
post-caption = Den eldste står øverst.
post-to = Til
post-case = Sak
post-news = Hva den forteller
post-attempts = Forsøk
post-next = Neste forsøk
post-action = Send
post-at-once = Straks
post-never = Gitt opp
post-resend = Prøv igjen nå
post-resend-one = Prøv igjen nå: sak { $number } til { $name }
post-news-new_report = Det er kommet en ny melding
post-news-severe_report = Det er kommet en alvorlig melding
post-news-reporter_wrote = Melderen har skrevet
post-news-stage = { $hours ->
        [one] Under én time igjen av fristen
       *[other] Under { $hours } timer igjen av fristen
    }
post-news-overdue = Fristen er ute
post-news-duty_stage = { $hours ->
        [one] Under én time igjen av en frist
       *[other] Under { $hours } timer igjen av en frist
    }
post-news-duty_overdue = En frist er ute
post-news-your_measure = Mottakeren har fått ansvar for et tiltak
post-news-memo_waits = Saken venter på avgjørelse
post-reporter = Den som meldte fra
post-outside = En utenfor virksomheten
post-news-inquiry = Spørsmål
post-news-inquiry_reminder = Påminnelse om spørsmål
post-news-inquiry_answered = Svar på spørsmål
post-news-inquiry_overdue = Svar mangler
post-news-inquiry_over = Svar trengs ikke lenger
post-news-contribution_given = Nytt bidrag
post-news-measure_reminder = Påminnelse om et tiltak
post-news-measure_dropped = Et tiltak er falt bort
post-news-measure_overdue = Et tiltak er ikke gjort i tide
post-news-effect_review_due = Tiltak skal vurderes
post-news-assigned = Sak fordelt
post-news-your_audit = Revisoren har fått innsyn i saken
post-news-audit_granted = En revisor har fått innsyn i saken
post-news-opened_outside_role = Saken er åpnet utenfor rollen
post-news-your_report = Hvordan det går med meldingen
post-news-notification_withdrawn = Meldingen til { -authority } er trukket tilbake
post-news-returned = Saken er sendt tilbake
post-news-unusual_access = Uvanlig lesing
post-no-case = Ingen sak
post-resend-other = Send på nytt til { $name }
post-people = De det gjelder
post-news-letter = Et brev til dem det gjelder
post-news-letter_stopped = Et brev som ikke blir sendt videre
post-news-review = Noe har skjedd i ledelsens gjennomgang { $number }
