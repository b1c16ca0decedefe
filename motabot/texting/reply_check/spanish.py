"""The words that Spanish drafts are checked for, as patterns over folded text (no accents; ñ is n)."""

EFFECTS = {
    "relaxed": r"relajad[oa]s?|relajantes?|relajacion|relaja|calmad[oa]s?|calmante",
    "sleepy": r"somnolient[oa]s?|somnolencia|sedantes?|adormilad[oa]s?|soporifer[oa]",
    "happy": r"feliz(?! (?:de|dia|cumple|ano|navidad|viernes|lunes|martes|miercoles|jueves|sabado|domingo))|felicidad|alegres?|alegria",
    "euphoric": r"euforic[oa]s?|euforia",
    "uplifted": r"animad[oa]s?|animo|estimulantes?|elevad[oa] de animo",
    "energetic": r"energetic[oa]s?|energizantes?|energia",
    "creative": r"creativ[oa]s?|creatividad",
    "focused": r"enfocad[oa]s?(?! en)|concentrad[oa] mental|concentracion mental",
    "hungry": r"hambre|hambrient[oa]",
    "tingly": r"hormigueo",
    "talkative": r"hablador(?:a|es)?|platicador(?:a|es)?",
    "giggly": r"risueno[sa]?|risas",
    "aroused": r"excitad[oa]|afrodisiac[oa]",
    "dry mouth": r"boca seca",
    "dry eyes": r"ojos secos",
    "dizzy": r"maread[oa]|mareos?",
    "paranoid": r"paranoic[oa]|paranoia",
    "anxious": r"ansios[oa]s?",
    "headache": r"dolor de cabeza",
}

AILMENTS = (
    r"ansiedad|insomnio|depresion|deprimid[oa]|estres|estresad[oa]|dolor(?:es)?|inflamacion|nauseas?|migranas?|jaquecas?|artritis|fibromialgia"
    r"|convulsiones|epilepsia|calambres?|espasmos?|colicos?|glaucoma|cancer|fatiga|falta de apetito|perdida de apetito|enfermedad(?:es)?"
    r"|ataques? de panico|trastornos?|diabetes|presion alta|resaca|cruda"
)

HEALTH_CLAIMS = (
    r"\b(?:ayudan?|ayudara|ayudarte|sirven?|buen[oa]s?|ideal(?:es)?|perfect[oa]s?|excelentes?|mejor(?:es)?|recomendad[oa]s?|funcionan?)"
    r" (?:a |al |para |mucho |muy |bien |con |de |el |la |tu |te |conciliar |el sueno)*(?:dormir|sueno\b|descansar|sintomas?|animo\b)",
    r"\b(?:alivi\w+|medicin\w*|medicament\w*|medicinal\w*|terapeutic\w*|terapias?|tratamientos?|remedios?|san(?:a|an|ar|ador\w*)\b|curan?\b(?! lent)|curar(?:a|an)?\b|curativ\w+|analgesic\w*)",
    r"\b(?:quitan?|calman?|reducen?|combaten?|bajan?|mejoran?) (?:el |la |los |las |tu |tus |su )(?:molestias?|tension|sintomas?|salud)",
    r"\b(?:beneficios? (?:para la|de) salud|saludables?|bueno para (?:la|tu) salud|sin efectos secundarios|recomendad[oa] por (?:medicos|doctores)|no (?:causa|crea) adiccion)",
    r"\b(?:embaraz\w+|lactancia|amamant\w+)",
)

PROMISES = (
    r"\b(?:te|le|les|lo|la|los) (?:llamar(?:e|emos|an|a)|escribir(?:e|emos|an|a)|avisar(?:e|emos|an|a)|contactar(?:e|emos|an|a)|mandar(?:e|emos|an|a)|enviar(?:e|emos|an|a)|notificar(?:e|emos|an|a)|recordar(?:e|emos|an|a)"
    r"|confirmar(?:e|emos|an|a)|responder(?:e|emos|an|a)|informar(?:e|emos|an|a)|dar(?:e|emos|an) seguimiento)\b",
    r"\b(?:(?:te|le|les) )?(?:voy|vamos|va|van) a (?:llamar|escribir|avisar|contactar|mandar|enviar|notificar|recordar|confirmar|checar|revisar|preguntar|consultar)(?:te|le|les|lo)?\b",
    r"\b(?:alguien|un (?:miembro|empleado|companero)|una persona|el (?:equipo|gerente|personal)|nuestro (?:equipo|personal)) (?:\w+ ){0,4}?(?:te|le|se) (?:va a |pondra|comunicara|llamara|contactara|escribira|atendera|respondera|avisara)\w*",
    r"\b(?:nos pondremos|me pondre|se pondran?) en contacto|\b(?:estaremos|estare) en contacto|\b(?:dejame|dejeme|permiteme|permitame) (?:checar|revisar|preguntar|consultar|ver|confirmar|averiguar)|\ben un momento te\b|\b(?:te|le) (?:aviso|avisamos|llamo|llamamos|confirmo|confirmamos|escribo|escribimos|contactamos|respondemos)\b",
    r"\b(?:ya )?(?:avise|avisamos|notifique|notificamos|le dije|pase tu mensaje|informe|informamos) (?:al|a la|a el|a un|a mi|a nuestro|a los)\b",
)

DEALS_DONE = (
    r"\b(?:(?:te|le|lo|la|los|las|se) )*(?:he |hemos |ya )*(?:aparte|apartamos|apartado|apartare\w*|reserve\b|reservamos|reservado|reservare\w*|guardare\w*|guardamos|guarde\b|ordene\b|ordenamos|pedi\b|cancele\b|cancelamos|agende|agendamos|reembolse|reembolsamos|entregaremos|te lo (?:llevamos|guardo|aparto|mando|enviamos|llevaremos)"
    r"|(?:te|le) (?:aparto|reservo|guardo)|agregue|agregamos|aplique|aplicamos)\b",
    r"\btu (?:pedido|orden|reserva|reservacion|compra|cita|entrega|reembolso) (?:ya )?(?:esta|fue|ha sido|va|quedo|sera) (?:ya )?(?:list[oa]|confirmad[oa]|en camino|realizad[oa]|reservad[oa]|hech[oa]|procesad[oa]|cancelad[oa]|apartad[oa]|agendad[oa]|program\w+|enviad[oa])",
)

GIVEAWAYS = (
    r"\bgratis\b|\bgratuit[oa]s?\b|\bsin (?:costo|cargo)\b|\b(?:de|como) regalo\b|\bregal(?:amos|o|os|aremos|arte|e)\b|\bcortesia\b|\bpor cuenta de la casa\b",
    r"\bsorteos?\b|\brifas?\b|\bpremios?\b|\bgan(?:a|ate|ar) un[ao]?\b|\bconcurso\b|\b(?:2 ?x ?1|dos por uno|2 por 1)\b|\b(?:compra|lleva|paga) (?:uno|1|una|dos|2) y? ?(?:lleva|paga|llevate|recibe)\b",
)

MINORS = (
    r"\b(?:ninos?|ninas?|menores|adolescentes?|chavitos?|estudiantes?|regreso a clases|todas las edades|para toda la familia|caricaturas?|juguetes?)\b"
    r"|\bsaben? a (?:puro )?dulces?\b",
)

UNDERAGE = (
    r"\b(?:18|19|20|dieciocho|diecinueve) (?:anos )?(?:o mas|y mas|en adelante|cumplidos|esta bien|basta)|\bmayor(?:es)? de (?:18|19|20|dieciocho)\b|\bcon (?:18|19) anos\b|\b(?:desde|a partir de) los (?:18|19|20)\b",
    r"\b(?:sin|no (?:necesitas|ocupas|pedimos|se requiere|hace falta)(?: \w+)?) (?:identificacion|id|credencial)\b|\bmenor(?:es)? de (?:21|edad)\b",
)
