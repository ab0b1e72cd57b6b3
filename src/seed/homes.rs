//! Where made-up candidates come from: names, languages and places to study.

use crate::text::Lang;

/// One country, with names as they are written there.
pub struct Home {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The mother tongue, ISO 639-1.
    pub tongue: &'static str,
    /// The language of the letters.
    pub lang: Lang,
    pub given: &'static [&'static str],
    pub family: &'static [&'static str],
    /// The same in the script of the country, for those who write their name so.
    pub native: Option<(&'static [&'static str], &'static [&'static str])>,
    pub universities: &'static [&'static str],
}

type Names = &'static [&'static str];

const fn latin(
    (country, tongue, lang): (&'static str, &'static str, Lang),
    given: Names,
    family: Names,
    universities: Names,
) -> Home {
    Home { country, tongue, lang, given, family, native: None, universities }
}

const fn both(
    (country, tongue, lang): (&'static str, &'static str, Lang),
    (given, family): (Names, Names),
    native: (Names, Names),
    universities: Names,
) -> Home {
    Home { country, tongue, lang, given, family, native: Some(native), universities }
}

#[rustfmt::skip]
pub static HOMES: [Home; 30] = [
    latin(("KE", "sw", Lang::En), &["Wanjiku", "Achieng", "Kiprono", "Mwende", "Otieno", "Njeri", "Barasa"],
        &["Mwangi", "Odhiambo", "Kamau", "Chebet", "Wafula", "Mutua", "Onyango"], &["University of Nairobi", "Kenyatta University"]),
    latin(("NG", "yo", Lang::En), &["Ọláìyá", "Chidinma", "Aisha", "Emeka", "Folákẹ́", "Ibrahim", "Ngozi"],
        &["Adéyẹmí", "Okonkwo", "Bello", "Eze", "Ọ̀ṣúnlànà", "Danjuma", "Okafor"], &["University of Ibadan", "Ahmadu Bello University"]),
    latin(("GH", "ak", Lang::En), &["Akosua", "Kwame", "Efua", "Kojo", "Abena", "Yaw"],
        &["Asante", "Boateng", "Owusu", "Mensah", "Ofori", "Agyemang"], &["University of Ghana", "KNUST Kumasi"]),
    latin(("SN", "wo", Lang::Fr), &["Fatou", "Ousmane", "Aminata", "Cheikh", "Mariama", "Ibrahima"],
        &["Ndiaye", "Diop", "Sow", "Fall", "Sarr", "Guèye"], &["Université Cheikh-Anta-Diop", "Université Gaston-Berger"]),
    latin(("CD", "ln", Lang::Fr), &["Grâce", "Héritier", "Merveille", "Trésor", "Nadège", "Glody"],
        &["Mukendi", "Kabongo", "Ilunga", "Mbuyi", "Tshibanda", "Lukusa"], &["Université de Kinshasa", "Université de Lubumbashi"]),
    latin(("ML", "bm", Lang::Fr), &["Awa", "Moussa", "Kadiatou", "Bakary", "Oumou", "Seydou"],
        &["Traoré", "Keïta", "Coulibaly", "Sangaré", "Diarra", "Konaté"], &["Université de Bamako"]),
    both(("ET", "am", Lang::En), (&["Hiwot", "Dawit", "Selam", "Yonas", "Meron", "Bereket"], &["Tadesse", "Bekele", "Girma", "Alemu", "Haile", "Tesfaye"]),
        (&["ሕይወት", "ዳዊት", "ሰላም", "ዮናስ", "ሜሮን", "በረከት"], &["ታደሰ", "በቀለ", "ግርማ", "አለሙ", "ኃይሌ", "ተስፋዬ"]), &["Addis Ababa University", "Bahir Dar University"]),
    both(("EG", "ar", Lang::En), (&["Nour", "Youssef", "Salma", "Karim", "Mariam", "Omar"], &["Hassan", "El-Sayed", "Mansour", "Farouk", "Abdelrahman", "Naguib"]),
        (&["نور", "يوسف", "سلمى", "كريم", "مريم", "عمر"], &["حسن", "السيد", "منصور", "فاروق", "عبد الرحمن", "نجيب"]), &["جامعة القاهرة", "Ain Shams University"]),
    both(("MA", "ar", Lang::Fr), (&["Imane", "Mehdi", "Salma", "Ayoub", "Hajar", "Zakaria"], &["Bennani", "El Amrani", "Alaoui", "Tazi", "Benjelloun", "Idrissi"]),
        (&["إيمان", "مهدي", "سلمى", "أيوب", "هاجر", "زكرياء"], &["بناني", "العمراني", "العلوي", "التازي", "بنجلون", "الإدريسي"]), &["Université Mohammed-V", "Université Hassan-II"]),
    both(("JO", "ar", Lang::En), (&["Rania", "Tareq", "Dana", "Faris", "Lina", "Zaid"], &["Haddad", "Al-Masri", "Khoury", "Nasser", "Al-Zoubi", "Obeidat"]),
        (&["رانيا", "طارق", "دانا", "فارس", "لينا", "زيد"], &["حداد", "المصري", "خوري", "ناصر", "الزعبي", "عبيدات"]), &["University of Jordan", "Yarmouk University"]),
    both(("UA", "uk", Lang::En), (&["Oksana", "Taras", "Solomiya", "Dmytro", "Iryna", "Bohdan"], &["Shevchenko", "Kovalenko", "Bondarenko", "Tkachuk", "Melnyk", "Savchuk"]),
        (&["Оксана", "Тарас", "Соломія", "Дмитро", "Ірина", "Богдан"], &["Шевченко", "Коваленко", "Бондаренко", "Ткачук", "Мельник", "Савчук"]), &["Taras Shevchenko National University of Kyiv", "Ivan Franko National University of Lviv"]),
    both(("KZ", "kk", Lang::En), (&["Aigerim", "Nursultan", "Dana", "Yerlan", "Madina", "Arman"], &["Nurlanova", "Akhmetov", "Sadykova", "Bekov", "Ospanova", "Tulegenov"]),
        (&["Айгерім", "Нұрсұлтан", "Дана", "Ерлан", "Мадина", "Арман"], &["Нұрланова", "Ахметов", "Садықова", "Беков", "Оспанова", "Төлегенов"]), &["Nazarbayev University", "Al-Farabi Kazakh National University"]),
    both(("GE", "ka", Lang::En), (&["Nino", "Giorgi", "Tamar", "Luka", "Mariam", "Davit"], &["Beridze", "Kapanadze", "Gelashvili", "Lomidze", "Maisuradze", "Tsiklauri"]),
        (&["ნინო", "გიორგი", "თამარ", "ლუკა", "მარიამ", "დავით"], &["ბერიძე", "კაპანაძე", "გელაშვილი", "ლომიძე", "მაისურაძე", "წიკლაური"]), &["Tbilisi State University", "Ilia State University"]),
    latin(("TR", "tr", Lang::En), &["Elif", "Mehmet", "Zeynep", "Çağlar", "Ayşe", "Ömer"],
        &["Yılmaz", "Şahin", "Özdemir", "Çelik", "Aydın", "Güneş"], &["Boğaziçi Üniversitesi", "Ankara Üniversitesi"]),
    both(("IN", "hi", Lang::En), (&["Ananya", "Rohan", "Priya", "Arjun", "Kavya", "Vikram"], &["Sharma", "Patel", "Iyer", "Reddy", "Banerjee", "Khan"]),
        (&["अनन्या", "रोहन", "प्रिया", "अर्जुन", "काव्या", "विक्रम"], &["शर्मा", "पटेल", "अय्यर", "रेड्डी", "बनर्जी", "ख़ान"]), &["University of Delhi", "Jawaharlal Nehru University"]),
    both(("BD", "bn", Lang::En), (&["Nusrat", "Tanvir", "Farzana", "Rakib", "Sadia", "Imran"], &["Rahman", "Akter", "Hossain", "Chowdhury", "Islam", "Sultana"]),
        (&["নুসরাত", "তানভীর", "ফারজানা", "রাকিব", "সাদিয়া", "ইমরান"], &["রহমান", "আক্তার", "হোসেন", "চৌধুরী", "ইসলাম", "সুলতানা"]), &["University of Dhaka", "BRAC University"]),
    both(("NP", "ne", Lang::En), (&["Sita", "Bikash", "Anjali", "Prakash", "Sunita", "Kiran"], &["Gurung", "Tamang", "Shrestha", "Thapa", "Rai", "Sherpa"]),
        (&["सीता", "विकास", "अञ्जली", "प्रकाश", "सुनिता", "किरण"], &["गुरुङ", "तामाङ", "श्रेष्ठ", "थापा", "राई", "शेर्पा"]), &["Tribhuvan University", "Kathmandu University"]),
    both(("CN", "zh", Lang::En), (&["Xiaoyu", "Jun", "Meiling", "Wei", "Yan", "Haoran"], &["Wang", "Li", "Zhang", "Chen", "Ouyang", "Zhao"]),
        (&["晓雨", "军", "美玲", "伟", "燕", "浩然"], &["王", "李", "张", "陈", "欧阳", "赵"]), &["北京大学", "Fudan University"]),
    both(("JP", "ja", Lang::En), (&["Haruka", "Kenta", "Sakura", "Daiki", "Yui", "Ren"], &["Satō", "Tanaka", "Yamamoto", "Kobayashi", "Mori", "Hayashi"]),
        (&["遥", "健太", "さくら", "大輝", "結衣", "蓮"], &["佐藤", "田中", "山本", "小林", "森", "林"]), &["東京大学", "Sophia University"]),
    both(("KR", "ko", Lang::En), (&["Minji", "Jihoon", "Seoyeon", "Doyun", "Hana", "Junho"], &["Kim", "Park", "Lee", "Choi", "Jung", "Namgung"]),
        (&["민지", "지훈", "서연", "도윤", "하나", "준호"], &["김", "박", "이", "최", "정", "남궁"]), &["서울대학교", "Yonsei University"]),
    latin(("VN", "vi", Lang::En), &["Thị Hương", "Văn Minh", "Ngọc Anh", "Quốc Bảo", "Thu Trang", "Đức Huy"],
        &["Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Vũ"], &["Đại học Quốc gia Hà Nội", "Can Tho University"]),
    both(("TH", "th", Lang::En), (&["Siriporn", "Anan", "Kanya", "Chaiwat", "Malee", "Thanakorn"], &["Saetang", "Wongsakul", "Chaiyasit", "Boonmee", "Rattanakul", "Thongchai"]),
        (&["ศิริพร", "อนันต์", "กัญญา", "ชัยวัฒน์", "มาลี", "ธนากร"], &["แซ่ตั้ง", "วงศ์สกุล", "ไชยสิทธิ์", "บุญมี", "รัตนกุล", "ธงชัย"]), &["Chulalongkorn University", "Thammasat University"]),
    latin(("PH", "tl", Lang::En), &["Maria Luisa", "Jose Miguel", "Angelica", "Paolo", "Kristine", "Rafael"],
        &["dela Cruz", "Santos", "Reyes", "Bautista", "Villanueva", "Macapagal"], &["University of the Philippines", "Ateneo de Manila University"]),
    latin(("CO", "es", Lang::Es), &["Valentina", "Santiago", "María Fernanda", "Juan Sebastián", "Daniela", "Andrés Felipe"],
        &["Rodríguez Peña", "Gómez Arango", "Mosquera", "Quiñones Ruiz", "Restrepo", "Muñoz Castaño"], &["Universidad Nacional de Colombia", "Universidad de los Andes"]),
    latin(("PE", "es", Lang::Es), &["Lucía", "Renzo", "Milagros", "Ángel", "Rosa Elena", "Iván"],
        &["Quispe Huamán", "Flores Mamani", "Ñahui", "Chávez Solís", "Condori", "Vargas Llerena"], &["Universidad Nacional Mayor de San Marcos", "Pontificia Universidad Católica del Perú"]),
    latin(("MX", "es", Lang::Es), &["Ximena", "Diego", "Guadalupe", "Emiliano", "Paola", "José Ángel"],
        &["Hernández Xool", "García Núñez", "López Ibáñez", "Martínez Peña", "Cruz Tlahuel", "Ávila"], &["Universidad Nacional Autónoma de México", "El Colegio de México"]),
    latin(("BR", "pt", Lang::Es), &["Beatriz", "João Pedro", "Luísa", "Thiago", "Conceição", "Caetano"],
        &["da Silva", "Gonçalves", "Araújo", "dos Santos", "Assunção", "Magalhães"], &["Universidade de São Paulo", "Universidade Federal da Bahia"]),
    latin(("CH", "fr", Lang::Fr), &["Chloé", "Loïc", "Anaïs", "Noé", "Zoë", "Benoît"],
        &["Rochat", "Müller", "Crettaz", "Bernasconi", "Jaquier", "Zürcher"], &["Université de Genève", "Graduate Institute Geneva"]),
    both(("GR", "el", Lang::En), (&["Eleni", "Nikos", "Katerina", "Giorgos", "Sofia", "Dimitris"], &["Papadopoulou", "Georgiou", "Nikolaidis", "Konstantinou", "Vlachos", "Economou"]),
        (&["Ελένη", "Νίκος", "Κατερίνα", "Γιώργος", "Σοφία", "Δημήτρης"], &["Παπαδοπούλου", "Γεωργίου", "Νικολαΐδης", "Κωνσταντίνου", "Βλάχος", "Οικονόμου"]), &["Εθνικό και Καποδιστριακό Πανεπιστήμιο Αθηνών", "Aristotle University of Thessaloniki"]),
    latin(("PL", "pl", Lang::En), &["Agnieszka", "Łukasz", "Małgorzata", "Wojciech", "Zofia", "Grzegorz"],
        &["Wiśniewska", "Kowalczyk", "Dąbrowski", "Szczepańska", "Żak", "Wójcik"], &["Uniwersytet Warszawski", "Jagiellonian University"]),
];

#[cfg(test)]
mod tests {
    use super::HOMES;
    use crate::reference::{countries::country, languages::language};

    #[test]
    fn every_home_is_known_and_whole() {
        for home in &HOMES {
            assert!(country(home.country).is_some() && language(home.tongue).is_some(), "{}", home.country);
            assert!(!home.universities.is_empty());
            if let Some((given, family)) = home.native {
                assert_eq!(
                    (given.len(), family.len()),
                    (home.given.len(), home.family.len()),
                    "{}",
                    home.country
                );
            }
        }
    }
}
